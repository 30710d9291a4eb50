// Decides when a track is a face and not a mistake: seen often enough and, where there is one, passed by the zoom check.
import type { Face } from '../observation/observation.ts';
import { yawDegrees } from './attention.ts';

export type ConfirmOptions = Readonly<{
  /** Period of the source, milliseconds. */
  periodMs: number;
  /** Whether the detector has a zoom check that a track has to pass. */
  zoomCheck: boolean;
}>;

export type Confirmation = Readonly<{
  firstAt: number;
  detections: number;
  /** Results of the last checks, oldest first. */
  checks: readonly boolean[];
  failedChecks: number;
  passed: boolean;
  confirmed: boolean;
}>;

/** At least this many detections over at least this long. */
export type ConfirmationRule = Readonly<{ detections: number; milliseconds: number }>;

const USUAL_RULE: ConfirmationRule = { detections: 3, milliseconds: 300 };
/** Of a source so slow that three detections would take most of a visit. */
const SLOW_RULE: ConfirmationRule = { detections: 2, milliseconds: 0 };

/** A zoom check at or above this confirms; measured to remove 50 of 52 false faces and keep 215 of 215 of 24 px and more. */
export const ZOOM_THRESHOLD = 0.5;
/** A profile passes no check: who never shows both eyes is no viewer. See docs/decisions/0010-who-counts-at-the-edges.md. */
const PROFILE_FROM_DEGREES = 60;
const CHECKS_KEPT = 5;
const SLOW_BELOW_FPS = 5;
const FEW_CHECKS_BELOW_FPS = 3;
/** A track that keeps failing is asked less often, so that a shelf does not cost a forward pass in every frame. */
const FAILURES_BEFORE_PAUSE = 10;
const PAUSED_CHECK_EVERY = 5;

/** How often and how long a face must be seen to count, for a source of that period. */
export function confirmationRule({ periodMs }: ConfirmOptions): ConfirmationRule {
  return periodMs > 1000 / SLOW_BELOW_FPS ? SLOW_RULE : USUAL_RULE;
}

export function unconfirmed(firstAt: number): Confirmation {
  return { firstAt, detections: 0, checks: [], failedChecks: 0, passed: false, confirmed: false };
}

/** Takes in one detection of the track with its zoom check, null when none was made. */
export function confirm(
  state: Confirmation,
  at: number,
  face: Pick<Face, 'zoom' | 'keypoints'>,
  options: ConfirmOptions,
): Confirmation {
  const { firstAt, failedChecks, confirmed } = state;
  const detections = state.detections + 1;
  if (confirmed) return { firstAt, detections, checks: state.checks, failedChecks, passed: true, confirmed };
  const pass = passes(face);
  const checks = pass === null ? state.checks : [...state.checks, pass].slice(-CHECKS_KEPT);
  const needed = options.periodMs > 1000 / FEW_CHECKS_BELOW_FPS ? 2 : 3;
  const passed = state.passed || !options.zoomCheck || checks.filter((one) => one).length >= needed;
  return {
    firstAt,
    detections,
    checks,
    failedChecks: failedChecks + (pass === false ? 1 : 0),
    passed,
    confirmed: passed && isSeenEnough(detections, at - firstAt, options),
  };
}

/** Whether a detection of the track should be zoom-checked now. */
export function wantsZoomCheck(state: Confirmation, options: ConfirmOptions): boolean {
  if (!options.zoomCheck || state.passed) return false;
  return state.failedChecks < FAILURES_BEFORE_PAUSE || state.detections % PAUSED_CHECK_EVERY === 0;
}

/** Null without a check. */
function passes({ zoom, keypoints }: Pick<Face, 'zoom' | 'keypoints'>): boolean | null {
  if (zoom === null) return null;
  return zoom >= ZOOM_THRESHOLD && (keypoints === null || Math.abs(yawDegrees(keypoints)) < PROFILE_FROM_DEGREES);
}

function isSeenEnough(detections: number, forMs: number, options: ConfirmOptions): boolean {
  const rule = confirmationRule(options);
  return detections >= rule.detections && forMs >= rule.milliseconds;
}
