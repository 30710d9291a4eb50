// Cuts the configuration into the small options that each component is given.
import type { AgeGroup } from '../audience/age.ts';
import type { FollowOptions } from '../audience/follow.ts';
import { type AudienceOptions, timingOf } from '../audience/options.ts';
import type { CaptureSource } from '../capture/source.ts';
import type { Settings } from '../config/schema.ts';
import type { StreamHeader } from '../observation/observation.ts';
import { MANIFEST_PATH } from './installation.ts';
import type { Nets } from './nets.ts';

/** A living face moves and its picture has noise; a print on a wall stays below this for minutes. */
const STATIC_CHANGE_RATIO = 0.012;
/** From here on another look changes no decision. */
const SETTLED_GENDER = 0.9;
const SETTLED_AGE = 0.7;
/** Below this width of the far pass, near faces are not too large for it. */
const NEAR_PASS_ABOVE = 320;
/** A scene that does not change is looked at again at least this often. */
const MAX_SKIP_MS = 1000;

export function audienceOptions(config: Settings): AudienceOptions {
  return {
    maxGapMs: config.tracker.maxGapMs,
    watcherMs: config.attention.watcherMs,
    age: ageOptions(config),
    gender: { minConfidence: config.gender.minConfidence },
    staticChangeRatio: STATIC_CHANGE_RATIO,
    staticAfterMs: config.tracker.staticAfterMs,
  };
}

/** Of a source with a frame every `periodMs`; `zoomCheck` says whether the detector has one. */
export function followOptions(config: Settings, periodMs: number, zoomCheck: boolean): FollowOptions {
  return {
    periodMs,
    maxGapMs: timingOf({ periodMs, zoomCheck }, config.tracker.maxGapMs).maxGapMs,
    startConfidence: config.detector.startConfidence,
    continueConfidence: config.detector.continueConfidence,
    zoomCheck,
    looks: { ...config.looks, settledGender: SETTLED_GENDER, settledAge: SETTLED_AGE, age: ageOptions(config) },
  };
}

/** The one argument of the sensor, which checks it by its own schema. */
export function sensorArgument(config: Settings, source: CaptureSource, nets: Nets): string {
  const { frame, periodMs, clock, live, healthRules } = source;
  const { farWidth } = config.detector;
  return JSON.stringify({
    frame,
    periodMs,
    clock,
    live,
    healthRules,
    manifestPath: MANIFEST_PATH,
    modelsFolder: nets.folder,
    pack: { detector: nets.detector.name, classifiers: nets.classifiers.map(({ name }) => name) },
    detector: { farWidth, nearPass: farWidth > NEAR_PASS_ABOVE },
    follow: followOptions(config, periodMs, true),
    attention: { maxYawDegrees: config.attention.maxYawDegrees },
    gate: { maxSkipMs: MAX_SKIP_MS },
  });
}

export function streamHeader(source: CaptureSource, session: string): Omit<StreamHeader, 'wallAtZero'> {
  const { label, clock, periodMs, frame, live } = source;
  return {
    version: 1,
    session,
    source: label,
    clock,
    clockSynced: null,
    periodMs,
    frame: { width: frame.width, height: frame.height },
    // The full-range detector gives keypoints and can look at a face again from near.
    attentionMethod: 'yaw',
    zoomCheck: true,
    live,
  };
}

function ageOptions({ age }: Settings): { groups: readonly AgeGroup[]; minConfidence: number } {
  return { groups: age.groups, minConfidence: age.minConfidence };
}
