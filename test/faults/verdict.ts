// Says which promises of docs/guarantees.md a cell of the kill matrix has shown to be broken.
import type { Cell, Figures } from './cell.ts';
import { TTL_MS } from './stage.ts';

/** From the broker to the test, where others want the processor, too. */
const DELIVERY_MS = 1000;
const AVAILABILITY_MS = 2000;

export function complaints({ fault }: Cell, figures: Figures): readonly string[] {
  const { defaultMs, playerDefaultMs, overMs, availabilityMs, knownMs, latestMs, strayMessages, rollups } = figures;
  const broken = {
    'default too late': defaultMs !== null && defaultMs > TTL_MS + DELIVERY_MS,
    'default of the player too late': playerDefaultMs !== null && playerDefaultMs > TTL_MS + DELIVERY_MS,
    'believed too long': overMs > DELIVERY_MS,
    'availability wrong': availabilityMs !== null && availabilityMs > AVAILABILITY_MS,
    'known too late': knownMs > fault.knownWithinMs + DELIVERY_MS,
    'late event': latestMs > TTL_MS + DELIVERY_MS,
    'spoke out of turn': strayMessages > 0,
    'rollup missing': (rollups?.missing.length ?? 0) > 0,
  };
  return Object.entries(broken).flatMap(([words, is]) => (is ? [words] : []));
}
