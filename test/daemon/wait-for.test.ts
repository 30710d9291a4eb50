// What is waited for is seen soon after it is so; what never comes is given up in time.
import { expect, it } from 'vitest';
import { waitFor } from '../../src/daemon/wait-for.ts';
import { manualClock } from '../support/manual-clock.ts';

it('ends at once where it is so already, and soon after it becomes so', async () => {
  const clock = manualClock();
  await waitFor(() => true, 1000, clock);
  let isSo = false;
  const waiting = waitFor(() => isSo, 1000, clock);
  isSo = true;
  clock.advance(20);
  await waiting;
  expect(clock.waiting()).toBe(0);
});

it('ends after the limit where it never becomes so', async () => {
  const clock = manualClock();
  const waiting = waitFor(() => false, 20, clock);
  clock.advance(20);
  await waiting;
  expect(clock.waiting()).toBe(0);
});
