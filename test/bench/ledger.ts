// Keeps account of the processor time of this process: every stretch of it is charged to exactly one label.

/** Milliseconds by label. */
export type Sums = Readonly<Record<string, number>>;

export class Ledger {
  #sums = new Map<string, number>();
  #last = processorMs();

  /** What was used since the last entry belongs to `label`. */
  charge(label: string): void {
    const now = processorMs();
    this.#sums.set(label, (this.#sums.get(label) ?? 0) + now - this.#last);
    this.#last = now;
  }

  /** Forgets everything so far, such as the time of warming up. */
  reset(): void {
    this.#sums = new Map();
    this.#last = processorMs();
  }

  sums(): Sums {
    return Object.fromEntries(this.#sums);
  }

  /** Does the work on an account of its own, and returns that. */
  async apart(work: () => Promise<unknown>): Promise<Sums> {
    const kept = this.#sums;
    this.reset();
    await work();
    const sums = this.sums();
    this.reset();
    this.#sums = kept;
    return sums;
  }

  /** From now on each call of the method is charged to `label`, and what was used before the call to `before`. */
  meter(owner: object, method: string, label: string, before: string, seen?: (args: readonly unknown[]) => void): void {
    const original: unknown = Reflect.get(owner, method);
    if (typeof original !== 'function') throw new Error(`there is no method ${method} to measure`);
    const ledger = this;
    Reflect.set(owner, method, function (this: unknown, ...args: unknown[]): unknown {
      ledger.charge(before);
      seen?.(args);
      const result: unknown = Reflect.apply(original, this, args);
      if (result instanceof Promise) return result.finally(() => ledger.charge(label));
      ledger.charge(label);
      return result;
    });
  }
}

/** Of all threads, so that a forward pass counts wherever it runs. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
