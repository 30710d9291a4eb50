// Remembers what was opened and closes it in the reverse order, whatever fails on the way.
import type { Logger } from './logger.ts';

export class Lifecycle {
  readonly #logger: Logger;
  readonly #open: { name: string; close: () => void | Promise<void> }[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Registers how to close what was just opened. */
  opened(name: string, close: () => void | Promise<void>): void {
    this.#open.push({ name, close });
  }

  /** Closes everything, last in first out; a failure is logged and does not keep the rest open. */
  async close(): Promise<void> {
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) {
      try {
        await last.close();
      } catch (error) {
        this.#logger.error({ err: error, resource: last.name }, 'could not close');
      }
    }
  }
}
