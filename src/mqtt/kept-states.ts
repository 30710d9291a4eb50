// Keeps the newest of each retained topic, to be told again on each connect, as old as it is by then.
import { instantText } from '../contract/instant.ts';
import type { LiveTopic, PayloadOf } from '../contract/topics.ts';

export type KeptState = Readonly<{ name: LiveTopic; payload: PayloadOf<LiveTopic> }>;

export class KeptStates {
  /** In the order in which they are told. */
  readonly #kept = new Map<string, KeptState & Readonly<{ givenAt: number }>>();

  /** `at` is monotonic, here and below. */
  keep(topic: string, { name, payload }: KeptState, at: number): void {
    this.#kept.set(topic, { name, payload, givenAt: at });
  }

  has(topic: string): boolean {
    return this.#kept.has(topic);
  }

  asOf(at: number): readonly KeptState[] {
    return [...this.#kept.values()].map(({ name, payload, givenAt }) => ({
      name,
      payload: aged(payload, at - givenAt),
    }));
  }

  /** What is wrong. */
  alerts(): readonly PayloadOf<'alert'>[] {
    return [...this.#kept.values()].flatMap(({ payload }) => ('alert' in payload && payload.on ? [payload] : []));
  }
}

/** A state that is told again is older than it was; without this, a consumer would believe it for too long. */
function aged(payload: PayloadOf<LiveTopic>, heldMs: number): PayloadOf<LiveTopic> {
  if (!('ageMs' in payload) || payload.ageMs === null) return payload;
  const at = instantText(Date.parse(payload.at) + heldMs);
  return { ...payload, at, ageMs: payload.ageMs + Math.round(heldMs) };
}
