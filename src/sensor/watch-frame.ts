// Turns one frame into one observation: gate, detect, follow, zoom-check, look.
import { isAttending, yawDegrees } from '../audience/attention.ts';
import { carry, type Detection, type FollowState, follow, learn, startFollowing } from '../audience/follow.ts';
import type { CameraReading, Face, Look, Observation } from '../observation/observation.ts';
import type { StageTimes } from '../observation/sensor-message.ts';
import { type CameraHealth, healthOf, NOTHING_NOTICED, noticeHealth, signsOf } from './camera-health.ts';
import { changeRatio, type FaceCrops, keepCrops, NO_CROPS } from './change-ratio.ts';
import type { RawFrame } from './frames.ts';
import { type GateState, mustDetect } from './gate.ts';
import { type Glimpse, glimpse } from './glimpse.ts';
import { lookQuality, relativeSharpness } from './look-quality.ts';
import type { Luma, Picture } from './luma.ts';
import type { SensorOptions } from './sensor-options.ts';
import type { ShownFrame, Sight } from './sight.ts';
import { stopwatch } from './stopwatch.ts';

/**
 * What is remembered from frame to frame: numbers, crops of 8 × 8 cells, and of the whole picture only means of 64 × 48 cells,
 * of the frame before, of the last seconds and of the static scene. No picture.
 */
type Watching = Readonly<{
  seq: number;
  health: CameraHealth;
  gate: GateState;
  following: FollowState;
  crops: FaceCrops;
  faces: readonly Face[];
}>;

type Watched = Readonly<{ state: Watching; observation: Observation; stages: StageTimes }>;

export const NOTHING_WATCHED: Watching = {
  seq: 0,
  health: NOTHING_NOTICED,
  gate: null,
  following: startFollowing(),
  crops: NO_CROPS,
  faces: [],
};

export type WatchOptions = Pick<SensorOptions, 'frame' | 'periodMs' | 'healthRules' | 'follow' | 'attention' | 'gate'>;

/**
 * `mayLook` is false while the daemon is behind: an observation that may be dropped must carry neither a zoom check nor a
 * look, which the tracker would not ask for again.
 */
export async function watchFrame(
  before: Watching,
  frame: RawFrame,
  mayLook: boolean,
  sight: Sight,
  options: WatchOptions,
  now: () => number,
): Promise<Watched> {
  const startedAt = now();
  const lap = stopwatch(now, startedAt);
  const { at } = frame;
  const luma = { bytes: frame.bytes, shape: options.frame, visible: frame.visible };
  const seen = glimpse(luma);
  const health = options.healthRules ? healthAfter(before, luma, seen, frame, options) : NOTHING_NOTICED;
  const camera = reading(seen, healthOf(health, at, options.periodMs), frame.dropped);
  const isWrong = camera.state !== 'ok' && camera.state !== 'suspect';
  // The core ignores the faces of a doubtful picture, and with them what was asked about them.
  const mayAsk = mayLook && camera.state === 'ok';
  const detects = !isWrong && mustDetect(before.gate, seen.thumbnail, before.following, at, options);
  const stages = { capture: Math.max(0, startedAt - frame.completedAt), gate: lap() };
  const base = { ...before, seq: before.seq + 1, health };
  if (!detects) {
    const state = isWrong ? blinded(base) : carried(base, at);
    return {
      state,
      observation: { at, seq: before.seq, detected: false, faces: state.faces, looks: [], camera },
      stages: { ...stages, detect: 0, zoom: 0, track: lap(), look: 0 },
    };
  }
  return sight(frame.bytes, async (shown) => {
    const detections = await shown.detect();
    const detect = lap();
    const followed = follow(before.following, detections, at, options.follow);
    const faces = facesOf(detections, followed.tracks, before.crops, luma, options);
    const alive = new Set(followed.state.tracks.map(({ id }) => id));
    const crops = keepCrops(before.crops, faces, alive, luma);
    const following = lap();
    const checked = await withZoom(faces, mayAsk ? followed.zoomAt : [], shown);
    const zoom = lap();
    const looks = await lookAt(checked, mayAsk ? followed.lookAt : [], shown, luma, before.seq, at);
    const look = lap();
    const learned = learn(followed.state, checked, looks, at, options.follow);
    return {
      state: {
        ...base,
        gate: { thumbnail: seen.thumbnail, detectedAt: at },
        following: learned,
        crops,
        faces: checked,
      },
      observation: { at, seq: before.seq, detected: true, faces: checked, looks, camera },
      stages: { ...stages, detect, zoom, look, track: following + lap() },
    };
  });
}

function healthAfter(
  { health, seq }: Watching,
  picture: Picture,
  seen: Glimpse,
  { at, dropped }: RawFrame,
  { periodMs }: WatchOptions,
): CameraHealth {
  return noticeHealth(health, signsOf(picture, seen), { at, arrived: seq + dropped + 1, periodMs });
}

/** What a wrong picture shows counts for nothing; without the gate's memory the first right one is looked at. */
function blinded(state: Watching): Watching {
  return { ...state, gate: null, faces: [] };
}

function carried(state: Watching, at: number): Watching {
  const faces = state.faces.map((face) => ({ ...face, zoom: null, changeRatio: null }));
  return { ...state, following: carry(state.following, at), faces };
}

function reading(
  { luma, lumaDeviation, sharpness }: Glimpse,
  health: Pick<CameraReading, 'state' | 'notices'>,
  framesDropped: number,
): CameraReading {
  return { ...health, luma, lumaDeviation, sharpness, framesDropped };
}

function facesOf(
  detections: readonly Detection[],
  tracks: readonly (number | null)[],
  crops: FaceCrops,
  luma: Luma,
  options: WatchOptions,
): readonly Face[] {
  return detections.map(({ box, confidence, keypoints }, index) => {
    const track = tracks[index] ?? null;
    return {
      box,
      confidence,
      keypoints,
      zoom: null,
      attending: isAttending(keypoints, options.attention.maxYawDegrees),
      changeRatio: changeRatio(crops, track, luma),
      track,
    };
  });
}

async function withZoom(
  faces: readonly Face[],
  zoomAt: readonly number[],
  shown: ShownFrame,
): Promise<readonly Face[]> {
  const checked = [...faces];
  for (const index of zoomAt) {
    const face = faces[index];
    if (face !== undefined) checked[index] = { ...face, zoom: await shown.zoomCheck(face.box) };
  }
  return checked;
}

async function lookAt(
  faces: readonly Face[],
  indices: readonly number[],
  shown: ShownFrame,
  luma: Luma,
  seq: number,
  at: number,
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (const index of indices) {
    const face = faces[index];
    const found = face === undefined ? null : await shown.classify(face.box);
    if (face === undefined || found === null) continue;
    const quality = lookQuality({
      widthPx: face.box.width,
      relativeSharpness: relativeSharpness(luma, face.box),
      yawDegrees: face.keypoints === null ? 0 : yawDegrees(face.keypoints),
    });
    looks.push({ seq, face: index, at, ...found, quality });
  }
  return looks;
}
