// Every camera and every way it fails, on the real daemon: what is said, how soon, and that nothing wrong is counted.
import { describe, expect, it } from 'vitest';
import type { Behavior } from '../../support/fake-programs.ts';
import { noRtspServer } from '../../support/rtsp-server.ts';
import { type Cell, type Figures, play } from './cell.ts';
import { matrixTable } from './matrix-table.ts';
import { PROGRAMS, type Program, programStage, rtspStage } from './sources.ts';

/** Two cores play so many daemons in real time. */
const AT_ONCE = 3;
/** Starting the two programs and seeing the first people. */
const RECOVERY_MS = 15_000;
/** The longest pause of the first attempts, which a camera may have to wait for when it is well again. */
const LONGEST_PAUSE_MS = 5000 * 1.2;
const STALL_MS = 5000;
const SLOW_STALL_MS = 20_000;
/** Until the program is started, the alert is published and the test has read it. */
const ROUND_MS = 3000;
/** Person-seconds: half a second of the four people. */
const MOST_STRAY = 2;
const PEOPLE = 4;
/** Frames that came before the first doubt, and the longest interval of the last one (2.5 periods). */
const MOST_IN_VAIN_MS = 4000;
const SLOW_LAST_FRAME_MS = 5000;

/** A sensor knows after half a minute how sharp its camera is; it looks once a second, over two, and doubts after three. */
const BLURRED = { wellForMs: 40_000, believedMs: 6000 };

const programs = Object.keys(PROGRAMS) as Program[]; // the record has no other keys
const stallMs = (name: Program) => (name === 'raspistill' ? SLOW_STALL_MS : STALL_MS);

const all: readonly Cell[] = [
  // The long ones first, so that all end together.
  cell('command', 'black', { picture: 'black' }, ['dark'], 60_000),
  cell('command', 'covered', { picture: 'covered' }, ['covered'], 60_000),
  { ...cell('command', 'blurred', { picture: 'blurred' }, ['blurred'], 63_000), ...BLURRED },
  { ...cell('command', 'frozen', { picture: 'frozen' }, ['frozen'], 30_000), believedMs: 1000 },
  ...programs.flatMap((name) => [
    cell(name, 'unplugged', { failure: 'unplugged' }, inWords(name, ['absent', 'hung']), stallMs(name)),
    cell(name, 'hung', { failure: 'hung' }, ['hung'], stallMs(name)),
    cell(name, 'ends without a word', { failure: 'ended' }, ['broken', 'hung'], stallMs(name)),
    cell(name, 'absent at start', { failure: 'absent' }, inWords(name, ['absent']), 0, true),
    cell(name, 'used by another', { failure: 'busy' }, inWords(name, ['busy']), 0, true),
  ]),
  cell('command', 'garbage', { picture: 'garbage' }, ['garbled'], 2000),
  cell('rpicam', 'half frames', { frameRatio: 0.55 }, ['garbled'], 2000),
  cell('command', 'another size', { size: { width: 480, height: 352 } }, ['garbled'], 2000),
  cell('command', 'too fast', { rateRatio: 4 }, ['too-fast'], STALL_MS),
  ...(noRtspServer
    ? []
    : [
        stream('switched off', 'gone', ['unreachable', 'broken', 'silent'], STALL_MS),
        // ffmpeg may give up first, in words that depend on where it was.
        stream('silent', 'frozen', ['silent', 'hung', 'broken', 'unreachable'], STALL_MS),
        stream('refuses the password', 'refuses', ['refused'], STALL_MS, true),
      ]),
];

/** ONLOOKER_CELLS='rpicam|frozen' plays only those whose camera or fault it matches. */
const wanted = new RegExp(process.env['ONLOOKER_CELLS'] ?? '');
const cells = all.filter(({ camera, fault }) => wanted.test(`${camera}: ${fault}`));
const results = new Map<Cell, Figures | Error>();

it('the matrix is played', async () => {
  const queue = [...cells];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      results.set(next, await play(next).catch((error: Error) => error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(matrixTable(results));
}, 1_500_000);

describe.each(cells.map((one) => [`${one.camera}: ${one.fault}`, one] as const))('%s', (_, one) => {
  it('is told in time, recovers, and nothing wrong is counted', () => {
    const figures = results.get(one);
    if (figures === undefined || figures instanceof Error) throw figures ?? new Error('it was not played');
    expect(figures.noticedMs).toBeLessThan(1.2 * one.thresholdMs + ROUND_MS + (one.fromStart ? RECOVERY_MS : 0));
    expect(figures.recoveredMs).toBeLessThan(RECOVERY_MS + LONGEST_PAUSE_MS);
    expect(figures.wrongCounts).toBe(0);
    const believedMs = one.believedMs ?? 0;
    expect(Math.abs(figures.strayPersonSeconds)).toBeLessThan(MOST_STRAY + (PEOPLE * believedMs) / 1000);
    const lastFrameMs = one.camera === 'raspistill' ? SLOW_LAST_FRAME_MS : 0;
    expect(figures.countedInVainMs).toBeLessThan(MOST_IN_VAIN_MS + lastFrameMs + believedMs);
  });
});

/** Nobody knows the words of a program of somebody's own. */
function inWords(name: Program, alerts: readonly string[]): readonly string[] {
  return name === 'command' ? ['broken'] : alerts;
}

function cell(
  name: Program,
  fault: string,
  behavior: Partial<Behavior>,
  alerts: readonly string[],
  thresholdMs: number,
  fromStart = false,
): Cell {
  return { camera: name, fault, stage: () => programStage(name, behavior), alerts, thresholdMs, fromStart };
}

function stream(
  fault: string,
  failure: Parameters<typeof rtspStage>[0],
  alerts: readonly string[],
  thresholdMs: number,
  fromStart = false,
): Cell {
  return { camera: 'rtsp', fault, stage: () => rtspStage(failure), alerts, thresholdMs, fromStart };
}
