// onlooker doctor on this machine: with everything well, with broken things, and beside a daemon that runs.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../src/doctor/finding.ts';
import { PREPARED_MODELS } from '../../src/models/repair.ts';
import { fakeCamera } from '../support/fake-programs.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { type Home, newHome } from './home.ts';
import { subscribeTo } from './messages.ts';

type Findings = Readonly<Partial<Record<Finding['check'], Finding>>>;

const ALL =
  'broker camera clock configuration database disk licenses models node opencv permissions privacy speed system temperature';

it.skipIf(noMosquitto)(
  'with the demo scene and a real broker nothing fails, and each check says what it saw',
  async () => {
    const { url } = await startMosquitto({ user: { name: 'door', password: 's3cret' } });
    const home = await newHome();
    const passwordFile = join(home.folder, 'password');
    writeFileSync(passwordFile, 's3cret\n');
    home.configure({ mqtt: { url, username: 'door', passwordFile } });
    const { code, findings } = await doctor(home);
    expect(Object.keys(findings).sort().join(' ')).toBe(ALL);
    expect(Object.values(findings).filter(({ state }) => state === 'fail')).toEqual([]);
    expect(code).toBe(0);
    expect(findings.broker).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/as door and gave it back in \d+ ms/),
    });
    expect(findings.opencv?.detail).toMatch(/OpenCV 4\.\d+\.\d+ in a sensor process/);
    expect(findings.speed?.detail).toMatch(/full-range at 416 [\d.]+ ms, faceres [\d.]+ ms/);
    expect(findings.camera?.detail).toMatch(/^demo scene: [\d.]+ frames per second .+, luma \d+, sharpness [\d.]+, /);
    expect(findings.camera).toMatchObject({ state: 'warn', detail: expect.stringMatching(/nobody is measured$/) });
    expect(findings.licenses?.remedy).toContain('models.pack: clear-licences');
    expect(home.hasStored()).toBe(false);
  },
);

it('names a port that is taken, a damaged database and a camera that is not there; the text comes line by line', async () => {
  const home = await newHome({ source: { camera: '/dev/video99' } });
  const other = createServer().listen(home.port, '127.0.0.1');
  onTestFinished(() => {
    other.close();
  });
  mkdirSync(home.stateFolder);
  writeFileSync(join(home.stateFolder, 'onlooker.sqlite'), 'this was a database once '.repeat(1000));
  const { code, stdout, stderr } = await runProgram(['doctor', '--config', home.config], home.env);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(
    new RegExp(`^fail +broker +embedded: port ${home.port} is taken by .+ \\(process ${process.pid}\\)$`, 'm'),
  );
  expect(stdout).toMatch(/^ +→ point mqtt\.url at the broker that is there/m);
  expect(stdout).toMatch(/^fail +database +.+file is not a database/m);
  expect(stdout).toMatch(/^fail +camera +There is no camera \/dev\/video99/m);
  expect(stdout).toMatch(/^ok +opencv /m);
  expect(readFileSync(join(home.stateFolder, 'onlooker.sqlite'), 'utf8')).toMatch(/^this was a database once/);
});

it.skipIf(!canMount)(
  'names a model file that differs and a folder that cannot be written (needs root, to mount one)',
  async () => {
    const mount = tmpfs('30M');
    mount.makeReadOnly();
    const home = await newHome();
    const folder = join(home.folder, 'models');
    mkdirSync(folder);
    for (const name of readdirSync(PREPARED_MODELS)) copyFileSync(join(PREPARED_MODELS, name), join(folder, name));
    const weights = join(folder, 'faceres.caffemodel');
    writeFileSync(weights, readFileSync(weights).fill(7, 1000, 1010));
    home.configure({ models: { folder }, store: { folder: join(mount.folder, 'state') } });
    const { code, findings } = await doctor(home);
    expect(code).toBe(1);
    expect(findings.models).toMatchObject({
      state: 'fail',
      detail: expect.stringMatching(/faceres\.caffemodel has SHA-256/),
    });
    expect(findings.models?.remedy).toContain('copy it from ');
    expect(findings.permissions).toMatchObject({ state: 'fail', detail: expect.stringContaining('EROFS') });
    expect(findings.opencv?.state).toBe('ok');
    expect(findings.camera).toMatchObject({ state: 'warn', detail: expect.stringContaining('not opened') });
    expect(findings.speed).toBeUndefined();
  },
);

it('leaves a running daemon alone: its broker and database are fine, its camera is busy, and it goes on', async () => {
  const home = await newHome({ source: { camera: '/dev/null' } });
  const run = startProgram(['run', '--config', home.config], { ...home.env, PATH: fakeCamera('ffmpeg').path });
  const messages = await subscribeTo(home.port);
  await messages.see('now', ({ health }) => health === 'ok');
  const { code, findings } = await doctor(home, { PATH: fakeCamera('ffmpeg', { failure: 'busy' }).path });
  expect(code).toBe(0);
  expect(findings.broker).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining('the running daemon listens on'),
  });
  expect(findings.database).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining('in use by the running daemon'),
  });
  expect(findings.camera).toMatchObject({
    state: 'warn',
    detail: expect.stringContaining('the running daemon uses it'),
  });
  await messages.see('now', ({ health }) => health === 'ok');
  expect(run.stdout()).not.toContain('restarting capture and sensor');
});

async function doctor(home: Home, env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; findings: Findings }> {
  const args = ['doctor', '--config', home.config, '--for', '1s', '--json'];
  const { code, stdout, stderr } = await runProgram(args, { ...home.env, ...env });
  expect(stderr).toBe('');
  const found: readonly Finding[] = JSON.parse(stdout);
  return { code, findings: Object.fromEntries(found.map((finding) => [finding.check, finding])) };
}
