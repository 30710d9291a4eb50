// What a program leaves behind is seen, and ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { endGroup, isGroupLeft } from '../../src/capture/process-group.ts';
import { eventually } from '../support/eventually.ts';

it('what a program has started is left of its group when it has ended itself, until that is ended, too', async () => {
  const program = spawn('sh', ['-c', 'sleep 4321 & exit 0'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => endGroup(program.pid));
  await once(program, 'exit');
  expect(isGroupLeft(program.pid)).toBe(true);
  endGroup(program.pid);
  await eventually(
    () => isGroupLeft(program.pid),
    (isLeft) => !isLeft,
  );
});

it('nobody is left of a program that never began', () => {
  endGroup(undefined);
  expect(isGroupLeft(undefined)).toBe(false);
});
