// Puts programs of our own on the PATH that stand in for camera programs: they behave, and fail, as the real ones do.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tempFolder } from './temp-folder.ts';

export type CameraProgram =
  | 'rpicam-vid'
  | 'libcamera-vid'
  | 'raspivid'
  | 'rpicam-still'
  | 'libcamera-still'
  | 'raspistill'
  | 'gst-launch-1.0'
  /** Only where V4L2 is among its arguments; else the real one runs. */
  | 'ffmpeg'
  /** A program for source.command: own-camera --size {width}x{height} --rate {framesPerSecond} [--row-bytes N]. */
  | 'own-camera';

export type Behavior = Readonly<{
  /** Why it gives no frame; null for none. `hung` says nothing and stays, `ended` says nothing and ends with 0. */
  failure: 'absent' | 'busy' | 'unplugged' | 'hung' | 'ended' | null;
  /** Frames (or photographs, over all runs) that come before the failure. */
  after: number;
  picture: 'people' | 'empty' | 'blurred' | 'moved' | 'covered' | 'black' | 'frozen' | 'garbage';
  /** How fast, as a multiple of the rate that it was asked for. */
  rateRatio: number;
  /** Of its frames, where it does not give those it was asked for. */
  size: Readonly<{ width: number; height: number }> | null;
  /** How much of each frame it writes: 0.5 for half frames. */
  frameRatio: number;
  /** It heeds neither SIGINT nor SIGTERM. */
  deaf: boolean;
  /** What a V4L2 camera can give. */
  formats: 'mjpeg' | 'raw';
}>;

type Run = Readonly<{ pid: number; args: readonly string[]; signals: readonly string[] }>;

export type FakeCamera = Readonly<{
  /** Where the program is. */
  folder: string;
  /** The PATH on which it is found before any other. */
  path: string;
  /** From now on, also in a run that goes on. */
  behave(behavior: Partial<Behavior>): void;
  /** Each start of the program so far, with the signals that it got. */
  runs(): readonly Run[];
}>;

const MAIN = fileURLToPath(new URL('./fake-camera/main.mjs', import.meta.url));

/** Four women, whose faces are found. */
const PHOTOGRAPH = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo/sample4.jpg', import.meta.url));

const WELL: Behavior = {
  failure: null,
  after: 0,
  picture: 'people',
  rateRatio: 1,
  size: null,
  frameRatio: 1,
  deaf: false,
  formats: 'mjpeg',
};

export function fakeCamera(program: CameraProgram, behavior: Partial<Behavior> = {}): FakeCamera {
  const folder = tempFolder();
  const behave = (next: Partial<Behavior>): void => {
    // Moved into its place, since the program may read it at any moment.
    writeFileSync(join(folder, 'behavior.next'), JSON.stringify({ ...WELL, ...next }));
    renameSync(join(folder, 'behavior.next'), join(folder, 'behavior.json'));
  };
  behave(behavior);
  const ffmpeg = realProgram('ffmpeg');
  writeFileSync(join(folder, 'real.json'), JSON.stringify({ ffmpeg, photograph: PHOTOGRAPH }));
  const start = `exec '${process.execPath}' '${MAIN}' ${program} '${folder}' "$@"`;
  const body = program === 'ffmpeg' ? `case " $* " in *" v4l2 "*) ${start};; esac\nexec '${ffmpeg}' "$@"` : start;
  addProgram(folder, program, body);
  return { folder, path: pathWith(folder), behave, runs: () => runsIn(folder) };
}

/** A program that is a shell script. */
export function addProgram(folder: string, name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

/** The real program of the name, whose arguments `cases` of a shell may reword: `word) set -- "$@" other;;`. */
export function addReworded(folder: string, name: string, cases: readonly string[], before = ''): void {
  const script = [
    ...(before === '' ? [] : [before]),
    'words=$#',
    'while [ "$words" -gt 0 ]; do',
    `  case $1 in ${cases.join(' ')} *) set -- "$@" "$1";; esac`,
    '  shift; words=$((words - 1))',
    'done',
    `exec '${realProgram(name)}' "$@"`,
  ];
  addProgram(folder, name, script.join('\n'));
}

export function pathWith(...folders: readonly string[]): string {
  return [...folders, process.env['PATH'] ?? ''].join(delimiter);
}

type Event = Readonly<
  { pid: number; event: 'start'; args: readonly string[] } | { pid: number; event: 'signal'; signal: string }
>;

function runsIn(folder: string): readonly Run[] {
  const file = join(folder, 'runs.jsonl');
  if (!existsSync(file)) return [];
  const events = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line): Event => JSON.parse(line));
  return events.flatMap((start) =>
    start.event !== 'start'
      ? []
      : [
          {
            pid: start.pid,
            args: start.args,
            signals: events.flatMap((event) =>
              event.event === 'signal' && event.pid === start.pid ? [event.signal] : [],
            ),
          },
        ],
  );
}

export function realProgram(name: string): string {
  const folder = (process.env['PATH'] ?? '').split(delimiter).find((place) => existsSync(join(place, name)));
  if (folder === undefined) throw new Error(`${name} is not installed`);
  return join(folder, name);
}
