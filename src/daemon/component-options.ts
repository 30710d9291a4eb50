// Cuts the configuration into the small options that each component is given.
import type { AgeGroup } from '../audience/age.ts';
import type { FollowOptions } from '../audience/follow.ts';
import { type AudienceOptions, timingOf } from '../audience/options.ts';
import { pictureView } from '../capture/picture-view.ts';
import type { CaptureOptions, CaptureSource } from '../capture/source.ts';
import type { Settings } from '../config/schema.ts';
import { type DetectorSpec, traitsOf } from '../models/net-schema.ts';
import type { StreamHeader } from '../observation/observation.ts';
import type { Nets } from './nets.ts';

/**
 * A print stays below this for minutes: measured, at most 0.0102 from 40 px of width on with a noise of 8 in each pixel, as in
 * dim light, and 0.0110 at 23 px with 6. People rose above it every few seconds, at most 9.7 s later (test/bench/poster.bench.ts).
 */
const STATIC_CHANGE_RATIO = 0.012;
/** From here on another look changes no decision. */
const SETTLED_GENDER = 0.9;
const SETTLED_AGE = 0.7;
/** A scene that does not change is looked at again at least this often. */
const MAX_SKIP_MS = 1000;
/** One without a face less often: whoever comes moves. The films count the same (test/bench/gate.bench.ts). */
const MAX_EMPTY_SKIP_MS = 10_000;

export function captureOptions({ source, picture }: Settings, password: string | null): CaptureOptions {
  const { framesPerSecond, username, passwordFile: _, scenario: __, ...asked } = source;
  const { flickerHz, backlight } = picture;
  return {
    ...asked,
    fps: framesPerSecond,
    credentials: username === null ? null : { username, password: password ?? '' },
    exposure: { flickerHz, backlight },
  };
}

export function audienceOptions(config: Settings): AudienceOptions {
  return {
    maxGapMs: config.tracker.maxGapMs,
    watcherMs: config.attention.watcherMs,
    age: ageOptions(config),
    gender: { minConfidence: config.gender.minConfidence },
    minors: config.triggers.minors.gate ? { limitRatio: config.triggers.minors.limitRatio } : null,
    staticChangeRatio: STATIC_CHANGE_RATIO,
    staticAfterMs: config.tracker.staticAfterMs,
  };
}

export function followOptions(
  { tracker, detector, looks, ...config }: Settings,
  { periodMs, zoomCheck, thresholds }: Pick<StreamHeader, 'periodMs' | 'zoomCheck' | 'thresholds'>,
): FollowOptions {
  const startConfidence = detector.startConfidence ?? Math.max(thresholds.start, detector.continueConfidence ?? 0);
  return {
    periodMs,
    maxGapMs: timingOf({ periodMs, zoomCheck }, tracker.maxGapMs).maxGapMs,
    startConfidence,
    continueConfidence: detector.continueConfidence ?? Math.min(thresholds.continue, startConfidence),
    zoomCheck,
    looks: { ...looks, settledGender: SETTLED_GENDER, settledAge: SETTLED_AGE, age: ageOptions(config) },
  };
}

/** The one argument of the sensor, which checks it by its own schema. */
export function sensorArgument(config: Settings, source: CaptureSource, nets: Nets): string {
  const { periodMs, clock, live, healthRules } = source;
  return JSON.stringify({
    ...pictureView(source.frame, config.picture),
    periodMs,
    clock,
    live,
    healthRules,
    pack: nets.choice,
    detector: { farWidth: config.detector.farWidth },
    follow: followOptions(config, { periodMs, ...detectorFacts(nets.pack.detector.spec) }),
    attention: { maxYawDegrees: config.attention.maxYawDegrees },
    gate: { maxSkipMs: MAX_SKIP_MS, maxEmptySkipMs: MAX_EMPTY_SKIP_MS },
  });
}

export function streamHeader(
  config: Settings,
  source: CaptureSource,
  session: string,
  nets: Nets,
  clockSynced: boolean | null,
): Omit<StreamHeader, 'wallAtZero'> {
  const { label, clock, periodMs, live } = source;
  const { frame } = pictureView(source.frame, config.picture);
  return {
    version: 1,
    session,
    source: label,
    clock,
    clockSynced,
    periodMs,
    frame: { width: frame.width, height: frame.height },
    ...detectorFacts(nets.pack.detector.spec),
    classifiesAge: nets.pack.classifiers.some(({ answers }) => answers.includes('age')),
    live,
  };
}

function detectorFacts(spec: DetectorSpec): Pick<StreamHeader, 'attentionMethod' | 'zoomCheck' | 'thresholds'> {
  const { keypoints, zoomCheck } = traitsOf(spec);
  const { start, continue: continues } = spec.thresholds;
  return {
    attentionMethod: keypoints ? 'yaw' : 'frontal-face',
    zoomCheck,
    thresholds: { start, continue: continues },
  };
}

function ageOptions({ age }: Pick<Settings, 'age'>): { groups: readonly AgeGroup[]; minConfidence: number } {
  return { groups: age.groups, minConfidence: age.minConfidence };
}
