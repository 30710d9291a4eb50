// Whether the clock was set, as timedatectl or the flag of timesyncd says.
import { expect, it } from 'vitest';
import { isClockSynchronized } from '../../src/daemon/clock-synchronized.ts';

it.each([
  ['yes\n', false, true],
  ['no\n', false, false],
  ['no\n', true, false],
  ['', true, true],
  ['', false, null],
  ['System has not been booted with systemd as init system (PID 1).\n', false, null],
])('timedatectl says %j, the flag of timesyncd is there: %s: %s', async (answer, flag, synchronized) => {
  const machine = { ask: async () => answer };
  expect(await isClockSynchronized(machine, () => flag)).toBe(synchronized);
});
