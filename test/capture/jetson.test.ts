// The camera of a Jetson: its pipeline, frames beside what is printed, and that it is always asked to end before it is killed.
import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { jetsonSource } from '../../src/capture/jetson.ts';
import type { CaptureOptions } from '../../src/capture/source.ts';
import { eventually } from '../support/eventually.ts';
import { addReworded, type FakeCamera, fakeCamera, pathWith } from '../support/fake-programs.ts';
import { isAlive } from '../support/processes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { OPTIONS } from './options.ts';
import { lumaAt, readFrames } from './read-frames.ts';

const hasGStreamer = spawnSync('gst-launch-1.0', ['--version']).status === 0;

const SECOND = { kind: 'jetson', camera: 'jetson:1', index: 1 } as const;

test('the middle of the sensor is cut to the shape of the frame, and scaled', () => {
  expect(pipelineOf({ exposure: { flickerHz: 50, backlight: true } })).toBe(
    'gst-launch-1.0 -q nvarguscamerasrc sensor-id=1 aeantibanding=2 exposurecompensation=1 ' +
      '! video/x-raw(memory:NVMM),width=1280,height=720,framerate=30/1,format=NV12 ' +
      '! nvvidconv left=160 right=1120 top=0 bottom=720 ! video/x-raw,format=I420,width=640,height=480 ' +
      '! videorate drop-only=true ! video/x-raw,framerate=10000/1000 ! fdsink fd=3',
  );
  expect(source({})).toMatchObject({
    ...{ kind: 'jetson', label: 'camera jetson:1', program: 'sh', stopSignal: 'SIGINT', deathSignal: 'TERM' },
    ...{ frame: { width: 640, height: 480, strideBytes: 640 }, periodMs: 100, live: true },
  });
});

test.each([
  [1280, 720, 'width=1280,height=720,', 'left=0 right=1280 top=0 bottom=720'],
  [1024, 768, 'width=1920,height=1080,', 'left=240 right=1680 top=0 bottom=1080'],
  [1280, 320, 'width=1280,height=720,', 'left=0 right=1280 top=200 bottom=520'],
])('%i x %i', (width, height, sensor, crop) => {
  expect(pipelineOf({ width, height })).toContain(sensor);
  expect(pipelineOf({ width, height })).toContain(`nvvidconv ${crop} !`);
});

test('other lamps, other rates, and a Jetson without its program', () => {
  expect(pipelineOf({ fps: 12.5, exposure: { flickerHz: 60, backlight: false } })).toMatch(
    /sensor-id=1 aeantibanding=3 !.*framerate=12500\/1000/,
  );
  expect(() => jetsonSource(SECOND, OPTIONS, () => false)).toThrow(/gst-launch-1\.0 is not installed/);
});

test('what the camera prints on its standard output is among the complaints, and no frame', async () => {
  const fake = fakeCamera('gst-launch-1.0', { picture: 'covered' });
  const capture = source({ width: 320, height: 240 });
  const { frames, stderr, exitCode } = await readFrames(capture, 5, { PATH: fake.path });
  expect(stderr).toContain('GST_ARGUS: Creating output stream');
  for (const frame of frames) expect(lumaAt(capture, frame, 319, 239)).toBeCloseTo(90, -1);
  expect(exitCode).toBe(0);
  expect(fake.runs().map(({ signals }) => signals)).toEqual([['SIGINT']]);
});

test.skipIf(!hasGStreamer)(
  'GStreamer takes the pipeline, but for what only a Jetson has (needs gst-launch-1.0)',
  async () => {
    const folder = tempFolder();
    addReworded(folder, 'gst-launch-1.0', [
      'nvarguscamerasrc) set -- "$@" videotestsrc is-live=true pattern=white;;',
      'sensor-id=* | left=* | right=* | top=* | bottom=*) ;;',
      'nvvidconv) set -- "$@" videoconvert ! videoscale;;',
      `*NVMM*) set -- "$@" "video/x-raw,\${1#*NVMM),}";;`,
    ]);
    const capture = source({ width: 320, height: 240, fps: 12.5 });
    const { frames, stderr, exitCode, tookMs } = await readFrames(capture, 6, { PATH: pathWith(folder) });
    expect({ bytes: frames.map(({ length }) => length), stderr, exitCode }).toEqual({
      bytes: Array.from({ length: 6 }, () => (320 * 240 * 3) / 2),
      stderr: '',
      exitCode: 0,
    });
    expect(tookMs).toBeGreaterThan(300);
    expect(lumaAt(capture, frames[5], 319, 239)).toBeCloseTo(235, -1);
  },
);

test('a camera that is not there ends with success, and says why among the complaints', async () => {
  const fake = fakeCamera('gst-launch-1.0', { failure: 'absent' });
  const { frames, stderr, exitCode } = await readFrames(source({}), 1, { PATH: fake.path });
  expect({ frames, exitCode }).toEqual({ frames: [], exitCode: 0 });
  expect(stderr).toMatch(/No cameras available\n$/);
});

test('the program gets SIGINT when whoever started it is killed', async () => {
  const fake = fakeCamera('gst-launch-1.0');
  const { starter, gst } = await startedByAnother(fake);
  starter.kill('SIGKILL');
  await gone(gst);
  expect(fake.runs().map(({ signals }) => signals)).toEqual([['SIGINT']]);
});

test('one that does not heed it is killed after three seconds', async () => {
  const fake = fakeCamera('gst-launch-1.0', { deaf: true });
  const { starter, gst } = await startedByAnother(fake);
  const killedAt = performance.now();
  starter.kill('SIGKILL');
  await gone(gst);
  expect(performance.now() - killedAt).toBeGreaterThan(2900);
  expect(fake.runs().map(({ signals }) => signals)).toEqual([['SIGINT']]);
});

test('it does not outlive a supervisor that is killed', async () => {
  const fake = fakeCamera('gst-launch-1.0', { deaf: true });
  const { program, args } = source({});
  const supervisor = spawn(program, args, {
    env: { ...process.env, PATH: fake.path },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gst = await runningOf(fake);
  supervisor.stdout.resume();
  supervisor.kill('SIGKILL');
  await gone(gst);
});

/** As the daemon does: the kernel tells the supervisor of the death of its parent. */
async function startedByAnother(fake: FakeCamera) {
  const { program, args, deathSignal } = source({});
  const command = JSON.stringify(['--pdeathsig', deathSignal, program, ...args]);
  const script = `require('node:child_process').spawn('setpriv', ${command}, { stdio: ['ignore', 'inherit', 'ignore'] })`;
  const starter = spawn(process.execPath, ['-e', script], {
    env: { ...process.env, PATH: fake.path },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  starter.stdout.resume();
  return { starter, gst: await runningOf(fake) };
}

async function runningOf(fake: FakeCamera): Promise<number> {
  const [run] = await eventually(fake.runs, (runs) => runs.length > 0);
  if (run === undefined) throw new Error('it did not start');
  return run.pid;
}

function gone(pid: number): Promise<boolean> {
  return eventually(
    () => isAlive(pid),
    (alive) => !alive,
  );
}

function source(options: Partial<CaptureOptions>) {
  return jetsonSource(SECOND, { ...OPTIONS, ...options }, () => true);
}

function pipelineOf(options: Partial<CaptureOptions>): string {
  const { args } = source(options);
  return args.slice(args.indexOf('gst-launch-1.0')).join(' ');
}
