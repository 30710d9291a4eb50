// Measures what separates a photograph that hangs still from a person who stands still: how much the crop of the face changes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { configured } from '../../src/cli/source-options.ts';
import { audienceOptions } from '../../src/daemon/component-options.ts';
import { openSight } from '../../src/sensor/sight.ts';
import { NOTHING_WATCHED, watchFrame } from '../../src/sensor/watch-frame.ts';
import { sensorOptions } from '../support/sensor-options.ts';
import { sharedPath } from '../support/shared.ts';
import { filmFrames } from './film-frames.ts';

export type PosterFigures = Readonly<{ threshold: number; rows: readonly ChangeFigures[] }>;

type ChangeFigures = Readonly<{
  name: string;
  kind: 'photograph' | 'person';
  /** Of the faces whose change was measured. */
  faces: number;
  medianWidthPx: number;
  median: number;
  greatest: number;
  /** Share of the measurements below the threshold. */
  below: number;
  /** The longest time for which the crop of one track stayed below. */
  longestStillMs: number;
  /** The longest time for which a track was followed. */
  longestTrackMs: number;
}>;

type Change = Readonly<{ at: number; track: number; ratio: number; widthPx: number }>;

const FRAME = { width: 640, height: 480 };
const PHOTOGRAPH = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo/sample6.jpg', import.meta.url));
const SECONDS = 10;
/** Standard deviation of the noise in each pixel, 0 to 255: a bright room, a lit one, a dim one. */
const SIGMAS = [2, 4, 6, 8];
/** With so much noise the light is dim, too. */
const DIM_FROM = 6;
/** Of the photograph in the frame. */
const WIDTHS = [576, 320, 192];
const PEOPLE = [
  'head-pose-face-detection-male.preview.mp4',
  'head-pose-face-detection-female-and-male.preview.mp4',
  'classroom.preview.mp4',
  'visits-intel-previews.mp4',
  'visits-asl.mp4',
];

export async function measurePosters(): Promise<PosterFigures> {
  const threshold = audienceOptions(configured({}).config).staticChangeRatio;
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-posters-'));
  const rows: ChangeFigures[] = [];
  try {
    for (const width of WIDTHS) {
      for (const sigma of SIGMAS) {
        const film = makeFilm(folder, width, sigma);
        rows.push(figuresOf(`${width} px wide, noise ${sigma}`, 'photograph', await changesIn(film), threshold));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const name of PEOPLE) {
    const film = sharedPath('films', name);
    if (film !== null) rows.push(figuresOf(name, 'person', await changesIn(film), threshold));
  }
  return { threshold, rows };
}

export function describePosters({ threshold, rows }: PosterFigures): string {
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`.padStart(6);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`.padStart(8);
  return [
    `posters: change of the crop of a face from detection to detection (a poster stays below ${threshold})`,
    `${' '.repeat(49)}faces  width  median   most   below   still  of track`,
    ...rows.map((row) => {
      const numbers = [row.median, row.greatest].map((ratio) => ratio.toFixed(4).padStart(8)).join('');
      const counts = `${String(row.faces).padStart(5)}${row.medianWidthPx.toFixed(0).padStart(7)}`;
      const times = `${seconds(row.longestStillMs)}${seconds(row.longestTrackMs)}`;
      return `  ${row.kind.padEnd(11)}${row.name.padEnd(36)}${counts}${numbers}${percent(row.below)}${times}`;
    }),
  ].join('\n');
}

/** As the sensor sees it, gate and tracker included. */
async function changesIn(film: string): Promise<readonly Change[]> {
  const base = sensorOptions(FRAME.width, FRAME.height);
  const options = { ...base, pack: { ...base.pack, pack: 'count-only' } };
  const sight = await openSight(options);
  const changes: Change[] = [];
  let state = NOTHING_WATCHED;
  for await (const frame of filmFrames(film, FRAME)) {
    const watched = await watchFrame(state, frame, true, sight, options, () => performance.now());
    state = watched.state;
    for (const { track, changeRatio, box } of watched.observation.faces) {
      if (track !== null && changeRatio !== null)
        changes.push({ at: frame.at, track, ratio: changeRatio, widthPx: box.width });
    }
  }
  return changes;
}

function figuresOf(
  name: string,
  kind: ChangeFigures['kind'],
  changes: readonly Change[],
  threshold: number,
): ChangeFigures {
  const tracks = [...new Set(changes.map(({ track }) => track))].map((id) =>
    changes.filter(({ track }) => track === id),
  );
  const ratios = changes.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  return {
    name,
    kind,
    faces: changes.length,
    medianWidthPx: middle(changes.map(({ widthPx }) => widthPx).toSorted((a, b) => a - b)),
    median: middle(ratios),
    greatest: ratios.at(-1) ?? Number.NaN,
    below: ratios.filter((ratio) => ratio < threshold).length / ratios.length,
    longestStillMs: Math.max(...tracks.map((track) => longestStill(track, threshold))),
    longestTrackMs: Math.max(...tracks.map((track) => (track.at(-1)?.at ?? 0) - (track[0]?.at ?? 0))),
  };
}

function longestStill(track: readonly Change[], threshold: number): number {
  let longest = 0;
  let since: number | null = null;
  for (const { at, ratio } of track) {
    since = ratio < threshold ? (since ?? at) : null;
    longest = Math.max(longest, since === null ? 0 : at - since);
  }
  return longest;
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The filter adds noise of its strength by √3. */
function makeFilm(folder: string, width: number, sigma: number): string {
  const film = join(folder, `${width}-${sigma}.avi`);
  const hung = `scale=${width}:-2,loop=-1:1,fps=10,pad=640:480:-1:-1:gray`;
  const dimmed = sigma >= DIM_FROM ? `${hung},eq=brightness=-0.2:contrast=0.6` : hung;
  const noisy = `${dimmed},noise=alls=${Math.round(sigma * Math.sqrt(3))}:allf=t`;
  const output = ['-t', String(SECONDS), '-c:v', 'ffv1', film];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', PHOTOGRAPH, '-vf', noisy, '-pix_fmt', 'yuv420p', ...output]);
  return film;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(describePosters(await measurePosters()));
  process.exit();
}
