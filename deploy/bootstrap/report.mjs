// Tells the person who waits what is being done; speaks on stderr only, since stdout belongs to the command that follows.

/** @typedef {{ update(state: string): void, end(): void }} Task */

/** A terminal gets one line that changes; a file gets a line now and then. */
const TERMINAL_EVERY_MS = 1_000;
const FILE_EVERY_MS = 30_000;

export class Report {
  /**
   * @param {{ write(text: string): unknown, isTTY?: boolean }} stream
   * @param {() => number} now milliseconds of a clock that cannot step
   */
  constructor(stream, now) {
    this.stream = stream;
    this.now = now;
    this.isTerminal = stream.isTTY === true;
    this.hasSpoken = false;
  }

  /** @param {string} text */
  say(text) {
    this.hasSpoken = true;
    this.stream.write(`${this.#erase()}onlooker: ${text}\n`);
  }

  /**
   * Announces something that takes a while and keeps showing how far it is.
   * @param {string} title
   * @returns {Task}
   */
  begin(title) {
    this.say(title);
    const startedAt = this.now();
    let state = '';
    const show = () => {
      const line = `onlooker:   ${state === '' ? '' : `${state}, `}${duration(this.now() - startedAt)}`;
      this.stream.write(this.isTerminal ? `${this.#erase()}${line}` : `${line}\n`);
    };
    const timer = setInterval(show, this.isTerminal ? TERMINAL_EVERY_MS : FILE_EVERY_MS);
    return {
      update: (next) => {
        state = next;
      },
      end: () => {
        clearInterval(timer);
        this.stream.write(this.#erase());
      },
    };
  }

  #erase() {
    return this.isTerminal ? '\r\u001b[K' : '';
  }
}

/** @param {number} ms */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
