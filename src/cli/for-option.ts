// The option --for of the commands that can stop by themselves.
import { InvalidArgumentError, Option } from 'commander';
import { durationMs } from './duration.ts';

/** A timer of Node runs for at most 2^31 − 1 ms. */
const LONGEST_MS = 24 * 86_400_000;

export function forOption(description = 'stop by itself after this long: 30s, 5m, 1h'): Option {
  return new Option('--for <duration>', description).argParser(milliseconds);
}

function milliseconds(text: string): number {
  const duration = durationMs(text);
  if (duration !== null && duration <= LONGEST_MS) return duration;
  throw new InvalidArgumentError('It is a number with a unit, such as 30s, 5m or 1h, and at most 24d.');
}
