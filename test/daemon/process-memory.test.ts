// Memory figures of processes that run and of those that do not.
import { expect, it } from 'vitest';
import { proportionalMegabytes, residentMegabytes } from '../../src/daemon/process-memory.ts';

/** Above the largest number that the kernel gives (proc(5), pid_max). */
const NOBODY = 2 ** 22 + 1;

it('reads what this process uses, shared pages divided among their users', () => {
  const resident = residentMegabytes(process.pid) ?? 0;
  const proportional = proportionalMegabytes(process.pid) ?? 0;
  expect(resident).toBeGreaterThan(20);
  expect(proportional).toBeGreaterThan(10);
  expect(proportional).toBeLessThan(resident * 1.2);
});

it('knows nothing of a process that is gone', () => {
  expect([residentMegabytes(NOBODY), proportionalMegabytes(NOBODY)]).toEqual([null, null]);
});
