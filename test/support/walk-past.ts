// Builds films in words: who walks past the screen, when they look at it and what the sensor reports of them.
import { NOSE_REACH } from '../../src/audience/attention.ts';
import type { Detection } from '../../src/audience/follow.ts';
import type {
  AgeDistribution,
  Box,
  CameraReading,
  Face,
  GenderDistribution,
  Keypoints,
  Look,
  Observation,
  StreamHeader,
} from '../../src/observation/observation.ts';

/** From the first instant up to, but not including, the second; milliseconds of the film. */
type Stretch = readonly [from: number, until: number];

export type Person = Readonly<{
  from: number;
  until: number;
  /** When they look at the screen. */
  looksAt: readonly Stretch[];
  /** When the detector misses them. */
  hidden: readonly Stretch[];
  /** Center of the face at `from`, and how far it moves in a second; pixels. */
  x: number;
  y: number;
  speedX: number;
  widthPx: number;
  /** The track they have at an instant. */
  trackAt: (at: number) => number | null;
  changeRatioAt: (at: number) => number | null;
  zoomAt: (at: number) => number | null;
  classified: readonly Classified[];
}>;

/** A look at the face, carried by the first frame from `at` on. */
type Classified = Readonly<{
  at: number;
  age?: AgeDistribution;
  gender?: GenderDistribution;
  quality?: number;
}>;

export type Shooting = Readonly<{
  from: number;
  /** Up to, but not including. */
  until: number;
  periodMs: number;
  cameraAt: (at: number) => CameraReading['state'];
  /** Whether the gate let the frame through to the detector. */
  detectedAt: (at: number) => boolean;
  /** Frames that the camera did not deliver. */
  stalled: readonly Stretch[];
}>;

export type DetectedFrame = Readonly<{ at: number; detections: readonly Detection[] }>;

type Walk = Partial<Omit<Person, 'looksAt'>> &
  Readonly<{ from: number; until: number; looksAt?: Stretch | readonly Stretch[]; track?: number }>;

/** Somebody in view from `from` until `until`; looks nowhere unless told. */
export function walkPast({ looksAt = [], track = 1, ...walk }: Walk): Person {
  return {
    hidden: [],
    x: 100 + 120 * (track - 1),
    y: 200,
    speedX: 0,
    widthPx: 60,
    trackAt: () => track,
    changeRatioAt: () => 0.2,
    zoomAt: () => null,
    classified: [],
    ...walk,
    looksAt: isStretch(looksAt) ? [looksAt] : looksAt,
  };
}

/** What the sensor says of these people, frame by frame. */
export function film(people: readonly Person[], shooting: Partial<Shooting> = {}): readonly Observation[] {
  return frameTimes(people, shooting).map((at, index, times) => {
    const visible = people.filter((person) => isVisible(person, at));
    const since = times[index - 1] ?? Number.NEGATIVE_INFINITY;
    return observationAt(at, {
      seq: index,
      detected: shooting.detectedAt?.(at) ?? true,
      state: shooting.cameraAt?.(at) ?? 'ok',
      faces: visible.map((person) => faceAt(person, at)),
      looks: visible.flatMap((person, face) => looksBetween(person, since, at, index, face)),
    });
  });
}

/** What the detector says of these people, frame by frame. */
export function detectionsOf(people: readonly Person[], shooting: Partial<Shooting> = {}): readonly DetectedFrame[] {
  return frameTimes(people, shooting).map((at) => ({
    at,
    detections: people.filter((person) => isVisible(person, at)).map((person) => detectionAt(person, at)),
  }));
}

export function observationAt(
  at: number,
  frame: Readonly<{
    faces: readonly Face[];
    looks?: readonly Look[];
    seq?: number;
    detected?: boolean;
    state?: CameraReading['state'];
  }>,
): Observation {
  return {
    at,
    seq: frame.seq ?? 0,
    detected: frame.detected ?? true,
    faces: frame.faces,
    looks: frame.looks ?? [],
    camera: { state: frame.state ?? 'ok', notices: [], luma: 120, lumaDeviation: 50, sharpness: 8, framesDropped: 0 },
  };
}

export function headerOf(header: Partial<StreamHeader> = {}): StreamHeader {
  return {
    version: 1,
    session: 's1',
    source: 'a film made of words',
    clock: 'media',
    wallAtZero: Date.UTC(2026, 0, 5, 12),
    clockSynced: true,
    periodMs: 100,
    frame: { width: 640, height: 480 },
    attentionMethod: 'yaw',
    zoomCheck: false,
    classifiesAge: true,
    thresholds: { start: 0.5, continue: 0.4 },
    live: false,
    ...header,
  };
}

export function boxAround(x: number, y: number, widthPx: number): Box {
  return { x: x - widthPx / 2, y: y - widthPx / 2, width: widthPx, height: widthPx };
}

/** Keypoints of a face turned by `yawDegrees` about its vertical axis. */
export function keypointsIn(box: Box, yawDegrees: number): Keypoints {
  const point = (dx: number, dy: number) => ({ x: box.x + dx * box.width, y: box.y + dy * box.height });
  const nose = 0.5 + 0.4 * NOSE_REACH * Math.tan((yawDegrees * Math.PI) / 180);
  return { rightEye: point(0.3, 0.35), leftEye: point(0.7, 0.35), nose: point(nose, 0.55), mouth: point(0.5, 0.75) };
}

function frameTimes(people: readonly Person[], shooting: Partial<Shooting>): readonly number[] {
  const { from = 0, periodMs = 100, stalled = [] } = shooting;
  const until = shooting.until ?? Math.max(...people.map((person) => person.until)) + 3000;
  const count = Math.ceil((until - from) / periodMs);
  return Array.from({ length: count }, (_, index) => from + index * periodMs).filter((at) => !isIn(stalled, at));
}

function isVisible(person: Person, at: number): boolean {
  return at >= person.from && at < person.until && !isIn(person.hidden, at);
}

function detectionAt(person: Person, at: number): Detection {
  const box = boxAround(person.x + (person.speedX * (at - person.from)) / 1000, person.y, person.widthPx);
  return { box, confidence: 0.9, keypoints: keypointsIn(box, isIn(person.looksAt, at) ? 0 : 60) };
}

function faceAt(person: Person, at: number): Face {
  return {
    ...detectionAt(person, at),
    zoom: person.zoomAt(at),
    attending: isIn(person.looksAt, at),
    changeRatio: person.changeRatioAt(at),
    track: person.trackAt(at),
  };
}

function looksBetween(person: Person, after: number, at: number, seq: number, face: number): Look[] {
  return person.classified
    .filter((look) => look.at > after && look.at <= at)
    .map(({ age = null, gender = null, quality = 1 }) => ({ seq, face, at, age, gender, quality }));
}

function isIn(stretches: readonly Stretch[], at: number): boolean {
  return stretches.some(([from, until]) => at >= from && at < until);
}

function isStretch(looksAt: Stretch | readonly Stretch[]): looksAt is Stretch {
  return typeof looksAt[0] === 'number';
}
