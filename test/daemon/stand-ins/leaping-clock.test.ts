// A clock that leaps passes a day at once, with everything that repeats in it, and stands still while nobody waits.
import { expect, it } from 'vitest';
import { leapingClock } from '../../../src/daemon/stand-ins/leaping-clock.ts';

it('leaps to what is waited for, past all that repeats until then, in order of time', async () => {
  const clock = leapingClock(1000);
  const told: string[] = [];
  const tell = (name: string) => told.push(`${name} ${clock.preciseNow()}`);
  clock.every(40, () => tell('forty'));
  const stop = clock.every(30, () => tell('thirty'));
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  await wait(90.5);
  tell('waited');
  expect([clock.monotonicNow(), clock.wallNow()]).toEqual([90, 1090]);
  stop();
  clock.after(1, () => tell('never'))();
  await wait(30);
  expect(told).toEqual(['thirty 30', 'forty 40', 'thirty 60', 'forty 80', 'thirty 90', 'waited 90.5', 'forty 120']);
});
