// Judges whether this machine is fast enough for what is configured, and recommends what it can do.
import { REPAIR } from '../models/repair.ts';
import type { NetTime } from '../observation/trial-message.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import type { NetsTrial } from './nets-trial.ts';

/** What a machine is asked for. */
type Ask = Readonly<{ farWidth: number; framesPerSecond: number; classifies: boolean }>;

export type SpeedFacts = Readonly<{
  pack: string;
  trial: Pick<NetsTrial, 'times' | 'failure'>;
  asked: Ask;
  /** A daemon that runs made the nets slower. */
  isBesideDaemon: boolean;
}>;

/**
 * Of its time, what a frame with a face to be looked at may take: the rest is for zoom checks, for a processor that slows down
 * in the heat, and for the player that runs on the same box.
 */
const SHARE = 0.6;

/** The best comes first: reach before rate down to 5 frames a second, below which glances are missed; then age and gender go. */
const WISHES: readonly Ask[] = [
  { farWidth: 640, framesPerSecond: 10, classifies: true },
  { farWidth: 416, framesPerSecond: 10, classifies: true },
  { farWidth: 416, framesPerSecond: 5, classifies: true },
  { farWidth: 320, framesPerSecond: 5, classifies: true },
  { farWidth: 416, framesPerSecond: 5, classifies: false },
  { farWidth: 320, framesPerSecond: 5, classifies: false },
  { farWidth: 320, framesPerSecond: 2, classifies: false },
];

/** The widths to time, of frames so wide; the one asked for comes first. */
export function farWidthsFor(askedWidth: number, frameWidth: number): readonly number[] {
  const known = WISHES.map(({ farWidth }) => farWidth).filter((width) => width <= frameWidth);
  return [...new Set([askedWidth, ...known])];
}

export function judgeOpenCv({ opencv, failure }: NetsTrial): Finding {
  if (opencv !== null) {
    return ok(
      'opencv',
      `OpenCV ${opencv.version} in a sensor process, ${opencv.threads} ${opencv.threads === 1 ? 'thread' : 'threads'}`,
    );
  }
  if (failure?.isLate) return warn('opencv', `loading OpenCV is ${failure.words}`, LESS_TO_DO);
  const remedy = `install the libraries of OpenCV that it was built for, or build it anew: ${REPAIR}`;
  return fail('opencv', `the addon of the sensor cannot be loaded: ${failure?.words ?? 'no reason was given'}`, remedy);
}

/** Of files that are whole. */
export function judgeSpeed({ pack, trial: { times, failure }, asked, isBesideDaemon }: SpeedFacts): Finding {
  const askedMs = frameMs(times, asked);
  if (failure?.isLate) {
    const soFar = times.length === 0 ? '' : ` (${times.map(timeText).join(', ')})`;
    const lighter = asked.classifies ? `${LESS_TO_DO}; if it has not, models.pack: count-only takes least` : LESS_TO_DO;
    return warn('speed', `timing the nets of ${pack} is ${failure.words}${soFar}`, lighter);
  }
  if (failure !== null || askedMs === null) {
    const detail = `the nets of ${pack} cannot be run: ${failure?.words ?? 'the detector was not timed'}`;
    return fail('speed', detail, 'choose another models.pack; onlooker models list names them');
  }
  const best = WISHES.find((wish) => fits(times, wish)) ?? null;
  const beside = isBesideDaemon ? ' (beside the running daemon, so it is rather faster)' : '';
  const measured = `${times.map(timeText).join(', ')}${beside}`;
  const detail = `${measured}; a frame takes ${Math.round(askedMs)} of its ${Math.round(1000 / asked.framesPerSecond)} ms`;
  const advice =
    best === null
      ? 'this machine is too slow for any pack; use a faster one'
      : `it manages ${adviceText(best, best.classifies || !asked.classifies ? pack : 'count-only')}`;
  return fits(times, asked) ? ok('speed', `${detail}; ${advice}`) : warn('speed', detail, advice);
}

const LESS_TO_DO = 'run onlooker doctor again when the machine has less to do';

function fits(times: readonly NetTime[], ask: Ask): boolean {
  const ms = frameMs(times, ask);
  return ms !== null && ms <= (SHARE * 1000) / ask.framesPerSecond;
}

/** With the look at one face, which is the most that a frame has unless configured; null where a time is missing. */
function frameMs(times: readonly NetTime[], { farWidth, classifies }: Ask): number | null {
  const detector = times.find((time) => time.farWidth === farWidth);
  if (detector === undefined) return null;
  const looks = classifies ? times.filter((time) => time.farWidth === null) : [];
  return [detector, ...looks].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

function timeText({ net, farWidth, milliseconds }: NetTime): string {
  return `${net}${farWidth === null ? '' : ` at ${farWidth}`} ${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

function adviceText({ farWidth, framesPerSecond }: Ask, pack: string): string {
  return `models.pack: ${pack}, detector.farWidth: ${farWidth}, source.framesPerSecond: ${framesPerSecond}`;
}
