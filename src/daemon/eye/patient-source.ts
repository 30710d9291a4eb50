// Makes the source of a service that starts before its camera, and the same source at another frame rate.
import { CaptureError } from '../../capture/capture-error.ts';
import type { CaptureOptions, CaptureSource } from '../../capture/source.ts';
import { sourceFrom } from '../../capture/source-from.ts';

/** A program that is missing may be installed later: its start fails until then, and says which one it is. */
export function patientSource(options: CaptureOptions): CaptureSource {
  try {
    return sourceFrom(options);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return sourceFrom(options, () => true);
  }
}

/** A source that has one rate only is left as it is; its program may have gone since it was made. */
export function atRate(source: CaptureSource, options: CaptureOptions, rateRatio: number): CaptureSource {
  if (rateRatio === 1) return source;
  const other = patientSource({ ...options, ...source.frame, fps: options.fps * rateRatio });
  return other.args.join() === source.args.join() || other.periodMs === source.periodMs ? source : other;
}
