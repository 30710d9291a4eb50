// Judges what was seen of the camera, in the words that alerts use.
import { pictureWords } from '../daemon/eye/eyesight.ts';
import type { Observation } from '../observation/observation.ts';
import type { CameraTrial } from './camera-trial.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export type CameraFacts = Readonly<{ trial: CameraTrial | SparedCamera; daemonRuns: boolean | null }>;

/** It was not opened, and why. */
export type SparedCamera = Readonly<{ kind: 'spared'; reason: string; remedy: string }>;

/** A camera that gives less than this share of the frames is not as it was asked to be. */
const TOO_SLOW = 0.5;
/** More than a clock that goes a little fast. */
const TOO_FAST = 1.2;
/** Of a picture that is doubted: darker than this is dark (black is 16 in video), flatter than that is covered. */
const DARK_LUMA = 22;
const FLAT_DEVIATION = 4;

export const ASK_THE_DAEMON =
  'its topic health tells how its camera is; to look at the camera from here stop the daemon first (systemctl stop onlooker)';

export function judgeCamera({ trial, daemonRuns }: CameraFacts): Finding {
  switch (trial.kind) {
    case 'spared':
      return warn('camera', trial.reason, trial.remedy);
    case 'impossible':
      return fail(
        'camera',
        trial.message,
        'onlooker cameras lists what is attached and how the configuration names it',
      );
    case 'lost': {
      const detail = `${trial.label}, ${trial.fault}: ${trial.detail.split('\n')[0]}`;
      if (trial.fault === 'busy' && daemonRuns === true) {
        return warn('camera', `${detail}; the running daemon uses it`, ASK_THE_DAEMON);
      }
      return fail('camera', detail, lookUp(trial.fault));
    }
    case 'watched':
      return judgePicture(trial);
  }
}

function judgePicture({ label, isDemo, periodMs, observations }: Extract<CameraTrial, { kind: 'watched' }>): Finding {
  const last = observations.at(-1)?.camera;
  if (last === undefined) return fail('camera', `${label}: it ended without a frame`, 'check source.input');
  const rates = ratesOf(observations);
  const asked = 1000 / periodMs;
  const picture = `luma ${Math.round(last.luma)}, sharpness ${last.sharpness.toFixed(1)}, ${facesText(observations)}`;
  const detail = `${label}: ${rates === null ? 'one frame' : ratesText(rates, asked)}, ${picture}`;
  const fault = last.state === 'suspect' ? suspected(observations, rates, asked) : last.state;
  if (fault === 'doubtful') return warn('camera', `${detail}; the picture is in doubt`, LOOK_LONGER);
  if (fault !== 'ok') return warn('camera', `${detail}; ${pictureWords(fault)}`, lookUp(fault));
  if (rates !== null && rates.arriving < TOO_SLOW * asked) return warn('camera', detail, lookUp('too-slow'));
  if (rates !== null && rates.seen < TOO_SLOW * Math.min(rates.arriving, asked)) {
    return warn('camera', detail, 'the processor is behind: what it manages is said under speed');
  }
  return isDemo ? warn('camera', `${detail}; nobody is measured`, NAME_ONE) : ok('camera', detail);
}

const NAME_ONE = 'to measure, name a camera with source.camera; onlooker cameras lists what is attached';

type Doubt = 'ok' | 'dark' | 'covered' | 'frozen' | 'too-fast' | 'doubtful';

const LOOK_LONGER = 'let onlooker run: after some seconds its topic health says what it is';

type Rates = Readonly<{ arriving: number; seen: number }>;

function ratesText({ arriving, seen }: Rates, asked: number): string {
  return `${arriving.toFixed(1)} frames per second (asked for ${asked.toFixed(1)}, looked at ${seen.toFixed(1)})`;
}

/** Frames per second of the stream's clock, those dropped included and not. */
function ratesOf(observations: readonly Observation[]): Rates | null {
  const [first] = observations;
  const last = observations.at(-1);
  const seconds = first === undefined || last === undefined ? 0 : (last.at - first.at) / 1000;
  if (first === undefined || last === undefined || seconds <= 0) return null;
  const frames = last.seq - first.seq;
  const dropped = last.camera.framesDropped - first.camera.framesDropped;
  return { arriving: (frames + dropped) / seconds, seen: frames / seconds };
}

/** A fault is told only after it has lasted; here is no time for that. A single frame is in doubt until it changes. */
function suspected(observations: readonly Observation[], rates: Rates | null, asked: number): Doubt {
  const cameras = observations.map(({ camera }) => camera);
  const { luma = 0, lumaDeviation = 0 } = cameras.at(-1) ?? {};
  if (luma < DARK_LUMA) return 'dark';
  if (lumaDeviation < FLAT_DEVIATION) return 'covered';
  if (rates === null) return 'ok';
  if (rates.arriving > TOO_FAST * asked) return 'too-fast';
  return cameras.every((camera) => camera.luma === luma) ? 'frozen' : 'doubtful';
}

function facesText(observations: readonly Observation[]): string {
  const most = Math.max(0, ...observations.map(({ faces }) => faces.filter(({ track }) => track !== null).length));
  return most === 0 ? 'no face' : `${most} ${most === 1 ? 'face' : 'faces'} at most`;
}

function lookUp(fault: string): string {
  return `look up \`${fault}\` in docs/troubleshooting.md`;
}
