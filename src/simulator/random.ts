// Numbers that look random and are the same for the same seed, on every machine.
import type { Range } from './scenario-schema.ts';

/** The next number, from 0 up to but not including 1. */
export type Random = () => number;

const GOLDEN_RATIO_BITS = 0x9e3779b9;

/** `stream` sets numbers apart that must not depend on each other: one more person changes nobody else. */
export function randomOf(seed: number, ...stream: readonly number[]): Random {
  let state = stream.reduce((mixed, part) => scramble((mixed + GOLDEN_RATIO_BITS) ^ scramble(part)), scramble(seed));
  // splitmix32: a counter in steps of the golden ratio, scrambled.
  return () => {
    state = (state + GOLDEN_RATIO_BITS) | 0;
    return (scramble(state) >>> 0) / 2 ** 32;
  };
}

export function between({ from, to }: Range, random: Random): number {
  return from + (to - from) * random();
}

export function wholeBetween({ from, to }: Range, random: Random): number {
  return Math.floor(between({ from: Math.ceil(from), to: Math.floor(to) + 1 }, random));
}

/** Normal with mean 0 and standard deviation 1 (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Time until the next event of those that come at random, so many a millisecond on average (exponential). */
export function waitMs(perMs: number, random: Random): number {
  return -Math.log(1 - random()) / perMs;
}

/** The final mix of MurmurHash3 (https://github.com/aappleby/smhasher/wiki/MurmurHash3). */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
