// A tree of a Debian release is kept when it is whole; when it is not, the caller stops, and the next one makes it anew.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { addProgram, pathWith } from '../support/fake-programs.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TREE = fileURLToPath(new URL('../../deploy/packaging/tree.sh', import.meta.url));
/** As build-deb calls it, which is in $(…). */
const BUILD = 'set -euo pipefail; . "$1"; tree=$(ensure_tree build bookworm "$2" python3); echo "built in $tree"';
const MAKES = 'mkdir -p "$5/usr"; echo "asks $6" >&2';

it('is made once, from the archive of this machine', () => {
  const cache = tempFolder();
  const first = run(BUILD, cache, MAKES);
  const [name] = readdirSync(join(cache, 'trees'));
  expect(first).toMatchObject({ status: 0, stdout: `built in ${join(cache, 'trees', name ?? '')}\n` });
  expect(first.stderr).toContain('asks http://archive.example/debian\n');
  expect(run(BUILD, cache, 'exit 1')).toMatchObject({ status: 0, stdout: first.stdout, stderr: '' });
});

it.each([
  ['is cut off on the network', `${MAKES}; echo 'E: Connection failed' >&2; exit 100`],
  ['is killed', `${MAKES}; kill -9 $$`],
])('is not kept when it %s, and nothing is built in it', (_, makes) => {
  const cache = tempFolder();
  expect(run(BUILD, cache, makes)).toMatchObject({ status: 1, stdout: '' });
  expect(readdirSync(join(cache, 'trees'))).toEqual([]);
  expect(run(BUILD, cache, MAKES).status).toBe(0);
});

it('whoever calls it without set -e hears of it, too', () => {
  const asks = '. "$1"; ensure_tree box bookworm "$2" python3';
  expect(run(asks, tempFolder(), `${MAKES}; exit 100`)).toMatchObject({ status: 1, stdout: '' });
});

it('is not made without knowing from which archive', () => {
  expect(run(BUILD, tempFolder(), MAKES, 'exit 100')).toMatchObject({ status: 100, stdout: '', stderr: '' });
});

function run(script: string, cache: string, mmdebstrap: string, aptGet = 'echo http://archive.example/debian') {
  const programs = tempFolder();
  addProgram(programs, 'mmdebstrap', mmdebstrap);
  addProgram(programs, 'apt-get', aptGet);
  return spawnSync('bash', ['-c', script, 'build', TREE, cache], {
    encoding: 'utf8',
    env: { ...process.env, PATH: pathWith(programs) },
  });
}
