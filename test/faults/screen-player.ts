// The client of src/player before the screen of a cell: when it fell to its default, and a play that it tells of.
import { type Subscription, subscribe } from '../../src/player/subscribe.ts';
import { SCREEN } from '../e2e/messages.ts';
import type { ConsumerOptions } from './reference-consumer.ts';

const PLAY = { playId: 'the one', content: 'coffee' };

export class ScreenPlayer {
  readonly #subscription: Subscription;
  /** Monotonic instants at which a trigger was followed by the default. */
  readonly #lapses: number[] = [];
  #isOn = false;

  constructor(url: string, { protocolVersion, clock, ...account }: ConsumerOptions) {
    this.#subscription = subscribe({
      url,
      ...SCREEN,
      ...account,
      clock,
      onChange: ({ trigger }) => {
        if (this.#isOn && trigger === null) this.#lapses.push(clock.monotonicNow());
        this.#isOn = trigger !== null;
      },
    });
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Null while it has shown a trigger all the time since then. */
  firstLapseSince(at: number): number | null {
    return this.#lapses.find((lapse) => lapse >= at) ?? null;
  }

  startPlay(): void {
    if (!this.#subscription.playStarted(PLAY)) throw new Error('the start of the play could not be told');
  }

  endPlay(): void {
    if (!this.#subscription.playEnded(PLAY.playId)) throw new Error('the end of the play could not be told');
  }

  close(): void {
    void this.#subscription.close();
  }
}
