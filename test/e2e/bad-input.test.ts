// Bad input ends in a message that says what, where and how to repair it, with the exit code that belongs to it.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram, startProgram } from '../support/program.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { type Home, newHome } from './home.ts';

const PREPARED = fileURLToPath(new URL('../../models/prepared', import.meta.url));

it('a film that is not there', async () => {
  const { code, stderr } = await refusal(await newHome(), ['--input', 'nowhere.mp4']);
  expect(code).toBe(66);
  expect(stderr).toContain('There is no file or folder nowhere.mp4. Check the path.');
});

it('a video that is none', async () => {
  const home = await newHome();
  const film = join(home.folder, 'holiday.mp4');
  writeFileSync(film, 'Wish you were here.\n');
  const { code, stderr } = await refusal(home, ['--input', film]);
  expect(code).toBe(66);
  expect(stderr).toMatch(/holiday\.mp4 cannot be read as a video: .+ Name a video file/);
});

it('an unknown key: the nearest known one is named', async () => {
  const home = await newHome({ tracker: { maxGap: 500 } });
  const { code, stderr } = await refusal(home);
  expect(code).toBe(78);
  expect(stderr).toContain('tracker.maxGap: unknown key, did you mean tracker.maxGapMs?');
});

it('several problems at once: all are listed, with what was given', async () => {
  const home = await newHome({
    detector: { farWidth: 100, startConfidence: 0.3, continueConfidence: 0.4 },
    source: { width: 'wide' },
    mqtt: { url: 'mqtt://me:secret@broker' },
    tracer: {},
  });
  const { code, stderr } = await refusal(home);
  expect(code).toBe(78);
  const problems = stderr.split('\n').filter((line) => line.startsWith('  '));
  expect(problems.map((line) => line.trim().split(': ')[0]).sort()).toEqual([
    'detector.continueConfidence',
    'detector.farWidth',
    'mqtt.url',
    'source.width',
    'tracer',
  ]);
  expect(stderr).toContain('(got 100)');
  expect(stderr).not.toContain('secret');
});

it('a port that is taken: run names the remedy', async () => {
  const home = await newHome();
  const other = createServer().listen(home.port, '127.0.0.1');
  onTestFinished(() => {
    other.close();
  });
  const { code, stderr } = await refusal(home);
  expect(code).toBe(78);
  expect(stderr).toContain(`Port ${home.port} on 127.0.0.1 is taken`);
  expect(stderr).toContain(`point mqtt.url at the broker that is there (mqtt://127.0.0.1:${home.port})`);
});

it.skipIf(!canMount)('a state folder that cannot be written (needs root, to mount one)', async () => {
  const mount = tmpfs('1M');
  mkdirSync(join(mount.folder, 'there'));
  mount.makeReadOnly();
  for (const [name, remedy] of [
    ['there', 'choose another path'],
    ['missing', 'Choose another with store.folder'],
  ] as const) {
    const folder = join(mount.folder, name);
    const { code, stderr } = await refusal(await newHome({ store: { folder } }));
    expect(code).toBe(74);
    expect(stderr).toContain(folder);
    expect(stderr).toContain(remedy);
  }
});

it('a damaged database is set aside, said in the log, and a new one begun', async () => {
  const home = await newHome();
  const database = join(home.stateFolder, 'onlooker.sqlite');
  mkdirSync(home.stateFolder);
  writeFileSync(database, 'this was a database once '.repeat(1000));
  const run = startProgram(['run', '--config', home.config], home.env);
  const { setAside } = await run.logged('the database was damaged; it was set aside and a new one begun');
  await run.logged('started');
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0 });
  expect(existsSync(String(setAside))).toBe(true);
  expect(readFileSync(String(setAside), 'utf8')).toContain('this was a database once');
  expect(home.stored()).toEqual({ rollups: [], open: [] });
});

it('a model file that is one byte short', async () => {
  const home = await newHome();
  const models = join(home.folder, 'models');
  mkdirSync(models);
  for (const name of readdirSync(PREPARED)) copyFileSync(join(PREPARED, name), join(models, name));
  const weights = join(models, 'faceres.caffemodel');
  truncateSync(weights, readFileSync(weights).length - 1);
  home.configure({ models: { folder: models } });
  const { code, stderr } = await refusal(home);
  expect(code).toBe(66);
  expect(stderr).toMatch(
    /faceres\.caffemodel: has \d+ bytes instead of \d+; copy it from \/.*\/models\/prepared, or take models\.folder out/,
  );
});

it('a recording that exists already is not overwritten', async () => {
  const home = await newHome();
  const recording = join(home.folder, 'monday.jsonl');
  writeFileSync(recording, 'precious\n');
  const { code, stderr } = await refusal(home, ['--record', recording]);
  expect(code).toBe(66);
  expect(stderr).toMatch(/monday\.jsonl exists already and is never overwritten. Choose another name/);
  expect(readFileSync(recording, 'utf8')).toBe('precious\n');
});

/** One message for a person: no stack, nothing on standard output. */
async function refusal(home: Home, args: readonly string[] = []): Promise<{ code: number | null; stderr: string }> {
  const { code, stdout, stderr } = await runProgram(['run', '--config', home.config, ...args], home.env);
  expect(stderr).toMatch(/^onlooker: /);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stdout).toBe('');
  return { code, stderr };
}
