// Tells a person at the terminal when nobody hears what is published: without a broker, or while another daemon has the screen.
import type { Clock } from '../daemon/clock.ts';
import type { PublisherStatus } from '../mqtt/publisher.ts';

const LOOK_EVERY_MS = 500;

export class BrokerWatch {
  readonly #status: () => PublisherStatus;
  readonly #say: (line: string) => void;
  readonly #stop: () => void;
  #told: 'heard' | 'away' | 'quiet' = 'heard';
  #problem = 'the broker was not ready in time';
  #wasHeard = false;

  constructor(status: () => PublisherStatus, say: (line: string) => void, clock: Clock) {
    this.#status = status;
    this.#say = say;
    this.#stop = clock.every(LOOK_EVERY_MS, () => this.#look());
  }

  /** What has kept everything from being published; null when something was. */
  end(): string | null {
    this.#stop();
    this.#look();
    return this.#wasHeard ? null : this.#problem;
  }

  #look(): void {
    const { state, lastError } = this.#status();
    if (state === 'connected') {
      this.#wasHeard = true;
      if (this.#told !== 'heard') this.#say('Broker    messages are published again\n');
      this.#told = 'heard';
      return;
    }
    // One that has not answered yet is no problem so far.
    if (lastError === null) return;
    this.#problem = lastError;
    const now = state === 'quiet' ? 'quiet' : 'away';
    if (this.#told !== now) this.#say(`Broker    nothing is published: ${lastError}\n`);
    this.#told = now;
  }
}
