// What the simulated detector says of a face: where it is, how sure it is, and where it is turned, with the errors of a detector.
import { isAttending, NOSE_REACH } from '../audience/attention.ts';
import type { Box, Face, Keypoints } from '../observation/observation.ts';
import { isLooking, type Person, type Place } from './person.ts';
import { between, normal, type Random } from './random.ts';
import type { DetectorErrors } from './scenario-schema.ts';

/** A face that is turned away by so much attends to nothing here. */
const AWAY_YAW_DEGREES = 55;
/** The living change from frame to frame by about as much; a print by less than the noise of the camera. */
const LIVING_CHANGE = { from: 0.04, to: 0.2 };
const PRINT_CHANGE = { from: 0.002, to: 0.006 };

/** Null when the detector misses it in this frame. */
export function faceOf(person: Person, at: number, errors: DetectorErrors, maxYawDegrees: number): Face | null {
  const { random } = person;
  if (random() < errors.missRatio) return null;
  const yawDegrees = isLooking(person, at) ? 0 : AWAY_YAW_DEGREES;
  return detected(person.placeAt(at), yawDegrees, { errors, maxYawDegrees, random, change: LIVING_CHANGE });
}

/** The face on a poster looks at everybody. */
export function posterFace(place: Place, errors: DetectorErrors, maxYawDegrees: number, random: Random): Face | null {
  if (random() < errors.missRatio) return null;
  return detected(place, 0, { errors, maxYawDegrees, random, change: PRINT_CHANGE });
}

type Detecting = Readonly<{
  errors: DetectorErrors;
  maxYawDegrees: number;
  random: Random;
  change: Readonly<{ from: number; to: number }>;
}>;

function detected(place: Place, yawDegrees: number, { errors, maxYawDegrees, random, change }: Detecting): Face {
  const jitter = () => (errors.jitterRatio === 0 ? 0 : normal(random) * errors.jitterRatio * place.width);
  const box = boxAround(place, jitter(), jitter());
  const keypoints = keypointsIn(box, yawDegrees);
  return {
    box,
    confidence: between(errors.confidence, random),
    keypoints,
    zoom: null,
    attending: isAttending(keypoints, maxYawDegrees),
    changeRatio: between(change, random),
    track: null,
  };
}

function boxAround({ x, y, width }: Place, dx: number, dy: number): Box {
  return { x: x - width / 2 + dx, y: y - width / 2 + dy, width, height: width };
}

/** Of an upright face that is turned about its vertical axis; the inverse of yawDegrees. */
function keypointsIn(box: Box, yawDegrees: number): Keypoints {
  const point = (dx: number, dy: number) => ({ x: box.x + dx * box.width, y: box.y + dy * box.height });
  const nose = 0.5 + 0.4 * NOSE_REACH * Math.tan((yawDegrees * Math.PI) / 180);
  return { rightEye: point(0.3, 0.35), leftEye: point(0.7, 0.35), nose: point(nose, 0.55), mouth: point(0.5, 0.75) };
}
