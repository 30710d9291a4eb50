// Ends an analysis when its user says so, or when it has gone on for as long as it was told to.

export class Deadline {
  readonly #controller = new AbortController();
  #isCounting = false;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The time counts from the first call, with which the first picture or film begins; null is for ever. */
  count(forMs: number | null): void {
    if (forMs === null || this.#isCounting) return;
    this.#isCounting = true;
    // No AbortSignal.timeout joined to another: what nobody else holds is collected in Node 20, and the time never comes.
    setTimeout(() => this.end(), forMs).unref();
  }

  end(): void {
    this.#controller.abort();
  }
}
