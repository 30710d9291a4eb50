// Keeps the messages under way below what the broker takes at once: whoever sends more is cut [MQTT-3.3.4-9], and mqtt.js does not count.

/** What a broker takes that says nothing (MQTT 5, section 3.2.2.3.3), and one of MQTT 3.1.1, which knows no bound. */
export const NO_MAXIMUM = 65_535;

/** For live messages: states, alerts and answers, that are told together when a connection begins and come one by one later. A guess. */
const LIVE = 4;
const MOST_ROLLUPS = 16;
const MOST_REPLAYED = 4;
/** Of what is left beside the live ones, one part is for what is asked for again and the rest for the outbox. */
const PARTS = MOST_ROLLUPS / MOST_REPLAYED + 1;

/** How many rollups may be under way at once: out of the outbox, and those that are asked for again. */
export function windowsOf(receiveMaximum: number): Readonly<{ rollups: number; replayed: number }> {
  const room = receiveMaximum - LIVE;
  const replayed = within(Math.floor(room / PARTS), MOST_REPLAYED);
  return { rollups: within(room - replayed, MOST_ROLLUPS), replayed };
}

function within(count: number, most: number): number {
  return Math.min(most, Math.max(1, count));
}

export class SendQuota {
  #left: number;
  #waiting: (() => void)[] = [];

  constructor(receiveMaximum: number) {
    this.#left = receiveMaximum;
  }

  /** Sends it, at once or in its turn when the broker has answered others. */
  async send<T>(send: () => Promise<T>): Promise<T> {
    if (this.#left > 0) this.#left -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await send();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#left += 1;
      else next();
    }
  }

  /** The connection is gone: what waits is not sent any more. */
  close(): void {
    this.#waiting = [];
    this.#left = 0;
  }
}
