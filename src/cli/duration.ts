// Reads a duration as people write it: 30s, 5m, 1.5h, 7d.

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds; null for what is no duration, or is none above zero. */
export function durationMs(text: string): number | null {
  const [, amount, unit = ''] = text.match(/^(\d{1,9}(?:\.\d+)?)([smhd])$/) ?? [];
  const milliseconds = Number(amount) * (UNIT_MS[unit] ?? Number.NaN);
  return milliseconds > 0 ? milliseconds : null;
}
