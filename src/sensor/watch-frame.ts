// Turns one frame into one observation: gate, detect, follow, zoom-check, look.
import { isAttending, yawDegrees } from '../audience/attention.ts';
import { carry, type Detection, type FollowState, follow, learn, startFollowing } from '../audience/follow.ts';
import type { CameraReading, Face, Look, Observation } from '../observation/observation.ts';
import type { StageTimes } from '../observation/sensor-message.ts';
import { type CameraHealth, healthWord, NOTHING_NOTICED, noticeHealth } from './camera-health.ts';
import { changeRatio, type FaceCrops, keepCrops, NO_CROPS } from './change-ratio.ts';
import type { RawFrame } from './frames.ts';
import { type GateState, mustDetect } from './gate.ts';
import { type Glimpse, glimpse } from './glimpse.ts';
import { lookQuality, relativeSharpness } from './look-quality.ts';
import type { Luma } from './luma.ts';
import type { SensorOptions } from './sensor-options.ts';
import type { Scene, Sight } from './sight.ts';
import { stopwatch } from './stopwatch.ts';

/** What is remembered from frame to frame: numbers and crops of 8 × 8 cells, no picture. */
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

export type WatchOptions = Pick<SensorOptions, 'frame' | 'healthRules' | 'follow' | 'attention' | 'gate'>;

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
  const luma = { bytes: frame.bytes, shape: options.frame };
  const seen = glimpse(luma);
  const health = options.healthRules ? noticeHealth(before.health, seen, at) : NOTHING_NOTICED;
  const camera = reading(seen, healthWord(health, at), frame.dropped);
  const detects = mustDetect(before.gate, seen.thumbnail, before.following, at, options);
  const stages = { capture: Math.max(0, startedAt - frame.completedAt), gate: lap() };
  const base = { ...before, seq: before.seq + 1, health };
  if (!detects) {
    const faces = before.faces.map((face) => ({ ...face, zoom: null, changeRatio: null }));
    return {
      state: { ...base, following: carry(before.following, at), faces },
      observation: { at, seq: before.seq, detected: false, faces, looks: [], camera },
      stages: { ...stages, detect: 0, zoom: 0, track: lap(), look: 0 },
    };
  }
  return sight(frame.bytes, async (scene) => {
    const detections = await scene.detect();
    const detect = lap();
    const followed = follow(before.following, detections, at, options.follow);
    const faces = facesOf(detections, followed.tracks, before.crops, luma, options);
    const alive = new Set(followed.state.tracks.map(({ id }) => id));
    const crops = keepCrops(before.crops, faces, alive, luma);
    const following = lap();
    const checked = await withZoom(faces, mayLook ? followed.zoomAt : [], scene);
    const zoom = lap();
    const looks = await lookAt(checked, mayLook ? followed.lookAt : [], scene, luma, before.seq, at);
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

function reading(seen: Glimpse, state: CameraReading['state'], framesDropped: number): CameraReading {
  const { luma, lumaDeviation, sharpness } = seen;
  return { state, notices: [], luma, lumaDeviation, sharpness, framesDropped };
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

async function withZoom(faces: readonly Face[], zoomAt: readonly number[], scene: Scene): Promise<readonly Face[]> {
  const checked = [...faces];
  for (const index of zoomAt) {
    const face = faces[index];
    if (face !== undefined) checked[index] = { ...face, zoom: await scene.zoomCheck(face.box) };
  }
  return checked;
}

async function lookAt(
  faces: readonly Face[],
  indices: readonly number[],
  scene: Scene,
  luma: Luma,
  seq: number,
  at: number,
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (const index of indices) {
    const face = faces[index];
    const found = face === undefined ? null : await scene.classify(face.box);
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
