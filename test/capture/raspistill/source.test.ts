// Photographs one by one: frames come whole, at the pace of the camera; failures say why; nothing is written to a disk.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { raspistillSource } from '../../../src/capture/raspistill/source.ts';
import type { CaptureOptions } from '../../../src/capture/source.ts';
import { eventually } from '../../support/eventually.ts';
import { type CameraProgram, type FakeCamera, fakeCamera } from '../../support/fake-programs.ts';
import { isAlive } from '../../support/processes.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { OPTIONS } from '../options.ts';
import { lumaAt, readFrames } from '../read-frames.ts';

const FIRST = { kind: 'raspistill', camera: 'raspistill', index: 0 } as const;
const hasStrace = spawnSync('strace', ['-V']).status === 0;

test('is our own program, whose pace is that of the camera', () => {
  const source = sourceWith(['raspistill', 'rpicam-still'], { fps: 10, exposure: { flickerHz: 50, backlight: true } });
  expect([source.program, source.args[0]]).toEqual([
    process.execPath,
    expect.stringMatching(/\/dist\/capture\/raspistill\/main\.js$/),
  ]);
  expect(JSON.parse(source.args[1] ?? '')).toEqual({
    ...{ program: 'raspistill', index: 0, width: 640, height: 480, periodMs: 2000, flickerHz: 50, backlight: true },
  });
  expect(source).toMatchObject({ kind: 'raspistill', label: 'camera raspistill', periodMs: 2000, live: true });
  expect(sourceWith(['raspistill'], { fps: 0.2 }).periodMs).toBe(5000);
  expect(() => sourceWith([], {})).toThrow(/raspistill, rpicam-still, libcamera-still\).*apt-get install rpicam-apps/);
});

test.each<CameraProgram>(['raspistill', 'rpicam-still', 'libcamera-still'])(
  'photographs of %s become frames, one every two seconds',
  async (program) => {
    const fake = fakeCamera(program, { picture: 'covered' });
    const source = sourceWith([program], { fps: 10, exposure: { flickerHz: 60, backlight: true } });
    const { frames, stderr, exitCode, tookMs } = await readFrames(source, 2, { PATH: fake.path });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(frames.map(({ length }) => length)).toEqual([460_800, 460_800]);
    expect(tookMs).toBeGreaterThan(1500);
    // What is 90 in the range of video comes back so from a JPEG, which has the full range.
    for (const frame of frames) expect(lumaAt(source, frame, 320, 240)).toBeCloseTo(90, -1);
    const [run] = fake.runs();
    expect(run?.args.join(' ')).toMatch(program === 'raspistill' ? /-fli 60hz -ex backlight/ : /8333us --ev 1/);
  },
);

test.each<[CameraProgram, 'absent' | 'busy', string]>([
  [
    'raspistill',
    'absent',
    'mmal: Camera is not detected. Please check carefully the camera module is installed correctly',
  ],
  ['raspistill', 'busy', 'mmal: mmal_vc_component_enable: failed to enable component: ENOSPC'],
  ['rpicam-still', 'absent', 'ERROR: *** no cameras available ***'],
])('%s that fails (%s) is told in one line, after the photographs before', async (program, failure, words) => {
  const fake = fakeCamera(program, { failure, after: 1 });
  const { frames, stderr, exitCode } = await readFrames(sourceWith([program], {}), 9, { PATH: fake.path });
  expect({ frames: frames.length, stderr, exitCode }).toEqual({
    frames: 1,
    stderr: `${program} took no photograph: ${words}\n`,
    exitCode: 1,
  });
});

test('without its program, or with one that gives something else, it does not wait for ever', async () => {
  const { stderr, exitCode } = await readFrames(sourceWith(['raspistill'], {}), 1);
  expect({ stderr, exitCode }).toEqual({
    stderr: expect.stringMatching(/^raspistill took no photograph: .*failed to execute raspistill.*\n$/),
    exitCode: 1,
  });
  const fake = fakeCamera('raspistill', { failure: 'ended' });
  expect((await readFrames(sourceWith(['raspistill'], {}), 1, { PATH: fake.path })).stderr).toBe(
    'raspistill took no photograph: raspistill ended with 0\n',
  );
  const garbage = fakeCamera('raspistill', { picture: 'garbage' });
  expect((await readFrames(sourceWith(['raspistill'], {}), 1, { PATH: garbage.path })).stderr).toBe(
    'raspistill took no photograph: raspistill ended with 0\n',
  );
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s ends it and the program it waits for', async (signal) => {
  const fake = fakeCamera('raspistill', { failure: 'hung' });
  const child = start(fake, sourceWith(['raspistill'], {}));
  const [run] = await eventually(fake.runs, (runs) => runs.length === 1);
  child.kill(signal);
  await once(child, 'close');
  expect([child.exitCode, child.signalCode]).toEqual(signal === 'SIGKILL' ? [null, 'SIGKILL'] : [0, null]);
  await eventually(
    () => isAlive(run?.pid ?? 0),
    (alive) => !alive,
  );
});

test.skipIf(!hasStrace)('nothing is written to a disk (needs strace)', async () => {
  const fake = fakeCamera('rpicam-still');
  const source = sourceWith(['rpicam-still'], {});
  const [folder, log] = [tempFolder(), join(tempFolder(), 'strace.log')];
  const calls = 'trace=open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink';
  // Without -f: what the two programs that it starts do is not ours, and of them only the real ones would matter.
  const traced = { ...source, program: 'strace', args: ['-o', log, '-e', calls, source.program, ...source.args] };
  const child = start(fake, traced, folder);
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await eventually(
    () => bytes,
    (sum) => sum >= 2 * 460_800,
    30_000,
  );
  // One that nobody reads ends.
  child.stdout.destroy();
  await once(child, 'exit');
  const opened = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => !line.includes('ENOENT'));
  expect(opened.length).toBeGreaterThan(20);
  expect(opened.filter((line) => /O_WRONLY|O_RDWR|O_CREAT|^(creat|mkdir|rename|link|symlink)/.test(line))).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

function sourceWith(programs: readonly CameraProgram[], options: Partial<CaptureOptions>) {
  return raspistillSource(FIRST, { ...OPTIONS, ...options }, (name) => programs.some((program) => program === name));
}

function start(fake: FakeCamera, { program, args }: ReturnType<typeof sourceWith>, cwd = tempFolder()) {
  const env = { ...process.env, PATH: fake.path };
  return spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}
