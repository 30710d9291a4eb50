// What the faults of the kill matrix have in common: bounds, and what they wait for.
import { eventually } from '../support/eventually.ts';
import type { Told } from './reference-consumer.ts';
import { type Stage, TTL_MS } from './stage.ts';

/** Until a process has started where others want the processor, too. */
export const START_MS = 10_000;
/** Whoever was away for longer than a state is valid listens so long for another daemon before it speaks. */
export const LISTEN_MS = TTL_MS;
/** The first pauses between attempts to connect (src/mqtt/backoff.ts). */
export const PAUSES_MS = 1.2 * (1000 + 2000 + 5000);
export const BEAT_MS = TTL_MS / 3;
export const ROUND_MS = 1000;
export const PATIENCE_MS = 40_000;

export function isOnline({ state, session }: Told, { latest }: Stage): boolean {
  return state === 'online' && session === latest.session;
}

export function isOffline({ state, session }: Told, { first }: Stage): boolean {
  return state === 'offline' && session === first.session;
}

export async function isQuiet(screen: Stage['first']): Promise<void> {
  await screen.logged('another daemon speaks for this screen; keeping quiet');
}

export async function passes(clock: Stage['clock'], ms: number): Promise<void> {
  const until = clock.monotonicNow() + ms;
  await eventually(clock.monotonicNow, (now) => now >= until);
}
