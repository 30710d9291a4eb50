// How the frames of a source come: their layout and rate, and what a camera and a film differ in.
import type { CaptureOptions, CaptureSource } from './source.ts';

/** Frames of the size and rate asked for, their rows without padding, of a program that has no secret and no device. */
export function framesAsked({
  width,
  height,
  fps,
}: CaptureOptions): Pick<CaptureSource, 'env' | 'secret' | 'device' | 'frame' | 'periodMs'> {
  return { env: {}, secret: null, device: null, frame: { width, height, strideBytes: width }, periodMs: 1000 / fps };
}

const STALL_MS = 5000;
const STALL_PERIODS = 10;
/** Less than WatchdogSec of systemd/onlooker.service, of which a quarter may be over at the last frame: the eye is quicker than systemd. */
const LONGEST_STALL_MS = 18_000;

/** A camera that has given no frame for so long has stalled. */
export function stallMs(periodMs: number): number {
  return Math.min(LONGEST_STALL_MS, Math.max(STALL_MS, STALL_PERIODS * periodMs));
}

type Flow = Pick<CaptureSource, 'clock' | 'live' | 'healthRules' | 'stopSignal' | 'deathSignal' | 'endsByItself'>;

/** Goes on for ever. SIGINT lets ffmpeg say goodbye to the camera: small ones take few clients at a time. */
export const CAMERA_FLOW: Flow = {
  clock: 'monotonic',
  live: true,
  healthRules: true,
  stopSignal: 'SIGINT',
  deathSignal: 'KILL',
  endsByItself: false,
};

/** Waits for its reader and ends. */
export const FILE_FLOW: Flow = {
  clock: 'media',
  live: false,
  healthRules: false,
  stopSignal: 'SIGKILL',
  deathSignal: 'KILL',
  endsByItself: true,
};
