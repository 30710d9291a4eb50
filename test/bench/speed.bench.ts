// Measures what a minute of film costs us and two programs like those that people write today, on the same frames.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoopFigures } from './loop-figures.ts';
import { PYTHON, runClassic, runFaceApi, runOwn } from './run-loop.ts';
import { type SpeedPack, writeSpeedPack } from './speed-pack.ts';
import { FRAMES_PER_SECOND, makeScene, type Scene, type SceneName } from './speed-scenes.ts';

export type SpeedFigures = Readonly<{
  filmSeconds: number;
  programs: readonly ProgramFigures[];
  ratios: readonly Readonly<{ what: string; ratio: number; goal: number | null }>[];
  /** What was not run, and why. */
  skipped: readonly string[];
}>;

type ProgramFigures = Readonly<{
  scene: SceneName;
  program: ProgramName;
  /** Processor seconds per minute of film. */
  perMinute: number;
  figures: LoopFigures;
}>;

type ProgramName =
  | 'classic loop'
  | 'classic loop, one thread'
  | 'face-api, its SSD'
  | 'face-api, its tiny detector'
  | 'onlooker, same nets as the classic loop'
  | 'onlooker, default pack';

type Program = Readonly<{
  name: ProgramName;
  scenes: readonly SceneName[];
  run: (scene: Scene) => Promise<LoopFigures>;
}>;

const COMPARED: readonly Readonly<{ scene: SceneName; ours: ProgramName; theirs: ProgramName; goal: number | null }>[] =
  [
    { scene: 'four faces', ours: 'onlooker, same nets as the classic loop', theirs: 'classic loop', goal: 1 / 3 },
    {
      scene: 'four faces',
      ours: 'onlooker, same nets as the classic loop',
      theirs: 'classic loop, one thread',
      goal: null,
    },
    { scene: 'nobody', ours: 'onlooker, same nets as the classic loop', theirs: 'classic loop', goal: 1 / 10 },
    {
      scene: 'nobody',
      ours: 'onlooker, same nets as the classic loop',
      theirs: 'classic loop, one thread',
      goal: null,
    },
    { scene: 'nobody', ours: 'onlooker, default pack', theirs: 'classic loop', goal: 1 / 10 },
    { scene: 'four faces', ours: 'onlooker, default pack', theirs: 'face-api, its SSD', goal: 1 / 3 },
    { scene: 'four faces', ours: 'onlooker, default pack', theirs: 'face-api, its tiny detector', goal: null },
  ];

export async function measureSpeed(filmSeconds: number): Promise<SpeedFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-speed-'));
  try {
    const scenes = (['four faces', 'nobody'] as const).map((name) =>
      makeScene(name, secondsOf(name, filmSeconds), folder),
    );
    const { programs, skipped } = choosePrograms(folder);
    const measured: ProgramFigures[] = [];
    for (const scene of scenes) {
      for (const { name, run } of programs.filter((program) => program.scenes.includes(scene.name))) {
        const figures = await run(scene);
        // The first frame is left out.
        const minutes = (figures.frames - 1) / FRAMES_PER_SECOND / 60;
        measured.push({ scene: scene.name, program: name, perMinute: figures.processorSeconds / minutes, figures });
      }
    }
    return { filmSeconds, programs: measured, ratios: ratiosOf(measured), skipped };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function describeSpeed({ filmSeconds, programs, ratios, skipped }: SpeedFigures): string {
  const row = ({ program, perMinute, figures: { frames, faces, genders } }: ProgramFigures) => {
    const answers = genders.female + genders.male;
    const women =
      answers === 0 ? '' : `, ${((100 * genders.female) / answers).toFixed(0)} % of ${answers} answers female`;
    return `  ${program.padEnd(42)} ${perMinute.toFixed(1).padStart(6)} s  ${(faces / frames).toFixed(2)} faces per frame${women}`;
  };
  const rows = (scene: SceneName) => programs.filter((one) => one.scene === scene).map(row);
  return [
    `processor seconds per minute of film at ${FRAMES_PER_SECOND} frames a second`,
    '  user and system time of each program and all it starts, loading the nets left out; ours with database and broker',
    `four women in every frame, the camera moves, others every 20 s: ${secondsOf('four faces', filmSeconds)} s of film`,
    ...rows('four faces'),
    `nobody, camera noise: ${secondsOf('nobody', filmSeconds)} s of film`,
    ...rows('nobody'),
    'ratios',
    ...ratios.map(
      ({ what, ratio, goal }) =>
        `  ${what.padEnd(76)} ${ratio.toFixed(3)}${goal === null ? '' : `  (goal: ${goal.toFixed(3)})`}`,
    ),
    ...skipped.map((reason) => `  left out: ${reason}`),
  ].join('\n');
}

/** Where next to nothing is done, what a program compiles for itself at the beginning would count for most. */
function secondsOf(scene: SceneName, filmSeconds: number): number {
  return scene === 'nobody' ? Math.max(60, filmSeconds) : filmSeconds;
}

function choosePrograms(folder: string): Readonly<{ programs: readonly Program[]; skipped: readonly string[] }> {
  const pack = writeSpeedPack(folder);
  const skipped = [
    ...(pack === null
      ? ['the classic loop and its nets: the SSD is missing, run: onlooker models pull res10-ssd']
      : []),
    ...(hasPythonOpenCv() ? [] : ['the classic loop: apt-get install python3-opencv']),
    ...(hasWasm() ? [] : ['face-api: npm install --no-save @tensorflow/tfjs-backend-wasm@4.22.0']),
  ];
  const programs: readonly Program[] = [
    ...(pack !== null && hasPythonOpenCv() ? classicPrograms(pack) : []),
    ...(hasWasm() ? FACE_API : []),
    ...(pack === null ? [] : [own('onlooker, same nets as the classic loop', pack.packFile)]),
    own('onlooker, default pack', null),
  ];
  return { programs, skipped };
}

const BOTH: readonly SceneName[] = ['four faces', 'nobody'];

const FACE_API: readonly Program[] = [
  { name: 'face-api, its SSD', scenes: ['four faces'], run: ({ path }) => runFaceApi(path, 'ssd') },
  { name: 'face-api, its tiny detector', scenes: ['four faces'], run: ({ path }) => runFaceApi(path, 'tiny') },
];

function classicPrograms(pack: SpeedPack): readonly Program[] {
  return [
    { name: 'classic loop', scenes: BOTH, run: ({ path }) => runClassic(path, pack, 0) },
    { name: 'classic loop, one thread', scenes: BOTH, run: ({ path }) => runClassic(path, pack, 1) },
  ];
}

function own(name: ProgramName, packFile: string | null): Program {
  return { name, scenes: BOTH, run: ({ path }) => runOwn({ film: path, packFile, gate: 'as shipped' }) };
}

function ratiosOf(measured: readonly ProgramFigures[]): SpeedFigures['ratios'] {
  return COMPARED.flatMap(({ scene, ours, theirs, goal }) => {
    const of = (name: ProgramName) => measured.find((one) => one.scene === scene && one.program === name)?.perMinute;
    const [mine, other] = [of(ours), of(theirs)];
    if (mine === undefined || other === undefined) return [];
    return [{ what: `${scene}: ${ours} / ${theirs}`, ratio: mine / other, goal }];
  });
}

function hasPythonOpenCv(): boolean {
  return spawnSync(PYTHON, ['-c', 'import cv2']).status === 0;
}

function hasWasm(): boolean {
  try {
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm');
    return true;
  } catch {
    return false; // it is no package that is needed otherwise
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(describeSpeed(await measureSpeed(Number(process.argv[2] ?? 20))));
}
