// Turns what the daemon knows of its own condition into the payload of `health`.
import { instantText } from './instant.ts';
import type { HealthPayload } from './payloads.ts';

/** Instants are Unix time, milliseconds. */
export type HealthFacts = Readonly<
  Omit<HealthPayload, 'at' | 'staticExcluded'> & {
    wallAt: number;
    staticExcluded: readonly Readonly<{ at: number; viewer: string }>[];
  }
>;

export function healthPayload({ session, wallAt, ...facts }: HealthFacts): HealthPayload {
  return {
    session,
    at: instantText(wallAt),
    ...facts,
    framesPerSecond: rounded(facts.framesPerSecond, 1),
    frameAgeMs: rounded(facts.frameAgeMs, 0),
    luma: rounded(facts.luma, 1),
    sharpness: rounded(facts.sharpness, 2),
    temperatureCelsius: rounded(facts.temperatureCelsius, 1),
    staticExcluded: facts.staticExcluded.map(({ at, viewer }) => ({ at: instantText(at), viewer })),
  };
}

function rounded(value: number | null, decimals: number): number | null {
  const scale = 10 ** decimals;
  return value === null ? null : Math.round(value * scale) / scale;
}
