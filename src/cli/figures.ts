// Figures as people read them: durations, shares and amounts.
import { HOUR_MS, MINUTE_MS } from '../audience/time-units.ts';

const SECOND_MS = 1000;

/** `12 s`, `3 min 05 s`, `26 h 04 min`. */
export function durationText(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ${padded(Math.floor(ms / SECOND_MS) % 60)} s`;
  return `${Math.floor(ms / HOUR_MS)} h ${padded(Math.floor(ms / MINUTE_MS) % 60)} min`;
}

/** An en dash where it is unknown. */
export function percentText(ratio: number | null): string {
  return ratio === null ? '–' : `${(ratio * 100).toFixed(ratio > 0 && ratio < 0.0995 ? 1 : 0)} %`;
}

/** With thousands separators. */
export function amountText(amount: number, decimals: number): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export function counted(count: number, one: string, many: string): string {
  return `${amountText(count, 0)} ${count === 1 ? one : many}`;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
