// How the frames of a source come: their layout and rate, and what a camera and a film differ in.
import type { CaptureOptions, CaptureSource } from './source.ts';

/** Frames of the size and rate asked for, their rows without padding. */
export function framesAsked({ width, height, fps }: CaptureOptions): Pick<CaptureSource, 'env' | 'frame' | 'periodMs'> {
  return { env: {}, frame: { width, height, strideBytes: width }, periodMs: 1000 / fps };
}

type Flow = Pick<CaptureSource, 'clock' | 'live' | 'healthRules' | 'stopSignal' | 'endsByItself'>;

/** Goes on for ever. SIGINT lets ffmpeg say goodbye to the camera: small ones take few clients at a time. */
export const CAMERA_FLOW: Flow = {
  clock: 'monotonic',
  live: true,
  healthRules: true,
  stopSignal: 'SIGINT',
  endsByItself: false,
};

/** Waits for its reader and ends. */
export const FILE_FLOW: Flow = {
  clock: 'media',
  live: false,
  healthRules: false,
  stopSignal: 'SIGKILL',
  endsByItself: true,
};
