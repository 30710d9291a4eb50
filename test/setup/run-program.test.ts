// Programs of the system are run to their end.
import { expect, it } from 'vitest';
import { runHere } from '../../src/setup/run-program.ts';

it('a program is run to its end', async () => {
  expect(await runHere('sh', ['-c', 'echo one; echo two >&2; exit 3'])).toEqual({ code: 3, said: 'one\ntwo\n' });
  expect(await runHere('sh', ['-c', 'echo one; exec sleep 60'], 2000)).toEqual({
    code: 124,
    said: 'one\nsh did not end within 2 s\n',
  });
  expect(await runHere('there-is-no-such-program', [])).toMatchObject({ code: 127 });
});
