// Runs the program that prepares the models, in a checkout of its own.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const HOOKS = join(ROOT, 'test/support/typescript-hooks.mjs');
const LIBRARIES = ['flatbuffers', 'protobufjs', 'zod'];
const MODELS = ['@mediapipe/face_detection', '@vladmandic/human', '@vladmandic/face-api', '@u4/opencv4nodejs'];
const NETS = ['full-range', 'faceres', 'face-api', 'haar-frontalface'];

it('prepares all nets that come in packages, and then finds them ready', () => {
  const checkout = checkoutWith([...LIBRARIES, ...MODELS]);
  expect(prepareIn(checkout)).toEqual({
    status: 0,
    stdout: '',
    stderr: NETS.map((net) => `model ${net} is being converted …\nmodel ${net} is ready, converted\n`).join(''),
  });
  expect(readdirSync(join(checkout, 'models/prepared'))).toHaveLength(6);
  expect(prepareIn(checkout).stderr).toBe(NETS.map((net) => `model ${net} is ready\n`).join(''));
});

it('ends with 66 and one line that says how to go on when a package is missing', () => {
  const { status, stderr } = prepareIn(checkoutWith([...LIBRARIES, '@mediapipe/face_detection']));
  expect(status).toBe(66);
  expect(stderr).toMatch(
    /models\/faceres\.json: is missing; install @vladmandic\/human 3\.3\.6 again: remove .*\/human, then run: node ".*\/deploy\/bootstrap\.mjs"\n$/,
  );
  expect(stderr).not.toMatch(/^ +at /m);
});

function checkoutWith(packages: readonly string[]): string {
  const checkout = tempFolder();
  for (const folder of ['src/models', 'src/observation'])
    cpSync(join(ROOT, folder), join(checkout, folder), { recursive: true });
  cpSync(join(ROOT, 'models/manifest.json'), join(checkout, 'models/manifest.json'));
  for (const file of ['package.json', 'deploy/bootstrap.mjs']) cpSync(join(ROOT, file), join(checkout, file));
  for (const name of packages) {
    const link = join(checkout, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
  return checkout;
}

function prepareIn(checkout: string): { status: number | null; stdout: string; stderr: string } {
  const program = join(checkout, 'src/models/convert/main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', HOOKS, program], { encoding: 'utf8' });
  return { status, stdout, stderr };
}
