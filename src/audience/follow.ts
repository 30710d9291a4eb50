// The tracker: joins detections over time into tracks and says which faces to zoom-check and to look at; runs in the sensor.
import type { Box, Face, Keypoints, Look } from '../observation/observation.ts';
import { assign } from './assign.ts';
import { yawDegrees } from './attention.ts';
import { type Confirmation, confirm, unconfirmed, wantsZoomCheck } from './confirm.ts';
import { addLook, type Pose } from './fuse.ts';
import { center, moved } from './geometry.ts';
import { isSettled, type Looking, type LookOptions, lookUrgency, NOT_LOOKED } from './looks.ts';

export type Detection = Readonly<{ box: Box; confidence: number; keypoints: Keypoints | null }>;

export type FollowOptions = Readonly<{
  /** Period of the source, milliseconds. */
  periodMs: number;
  /** A track not seen for longer has ended. */
  maxGapMs: number;
  startConfidence: number;
  continueConfidence: number;
  zoomCheck: boolean;
  looks: LookOptions;
}>;

export type FollowState = Readonly<{ nextTrack: number; tracks: readonly Track[] }>;

type Track = Readonly<{
  id: number;
  box: Box;
  /** Pixels per millisecond. */
  velocity: readonly [x: number, y: number];
  seenAt: number;
  /** Detected in the newest frame. */
  current: boolean;
  confirmation: Confirmation;
  looking: Looking;
}>;

export type Followed = Readonly<{
  state: FollowState;
  /** The track of each detection, null for one too weak to start a track. */
  tracks: readonly (number | null)[];
  /** Indices of the detections to zoom-check and to look at in this frame. */
  zoomAt: readonly number[];
  lookAt: readonly number[];
}>;

/** How much of a new velocity is believed; the rest is the old one. */
const VELOCITY_GAIN = 0.5;
/** A prediction further ahead than this is worse than none. */
const MAX_PREDICTION_MS = 400;

export function startFollowing(): FollowState {
  return { nextTrack: 1, tracks: [] };
}

/** Takes in the detections of one frame (boxes in pixels of the frame, `at` in milliseconds of the stream's clock). */
export function follow(
  state: FollowState,
  detections: readonly Detection[],
  at: number,
  options: FollowOptions,
): Followed {
  const alive = state.tracks.filter((track) => at - track.seenAt <= options.maxGapMs);
  const strong = detections.flatMap((detection, index) =>
    detection.confidence >= options.continueConfidence ? [index] : [],
  );
  const boxes = strong.flatMap((index) => detections[index]?.box ?? []);
  const pairs = assign(
    alive.map((track) => predicted(track, at)),
    boxes,
  );
  const tracks: (number | null)[] = detections.map(() => null);
  const continued = alive.map((track, index) => {
    const candidate = pairs[index] ?? null;
    const detection = candidate === null ? undefined : strong[candidate];
    const box = detection === undefined ? undefined : detections[detection]?.box;
    if (detection === undefined || box === undefined) return { ...track, current: false };
    tracks[detection] = track.id;
    return seen(track, box, at);
  });
  const started: Track[] = [];
  detections.forEach((detection, index) => {
    if (tracks[index] !== null || detection.confidence < options.startConfidence) return;
    const track = start(state.nextTrack + started.length, detection.box, at);
    tracks[index] = track.id;
    started.push(track);
  });
  const all = [...continued, ...started];
  return {
    state: { nextTrack: state.nextTrack + started.length, tracks: all },
    tracks,
    ...attentionNeeded(all, tracks, detections, at, options),
  };
}

/** The gate skipped this frame: whoever was detected in the last one is taken to be still there. */
export function carry(state: FollowState, at: number): FollowState {
  return { ...state, tracks: state.tracks.map((track) => (track.current ? { ...track, seenAt: at } : track)) };
}

/** Takes in the zoom checks and looks of the frame that was just followed. */
export function learn(
  state: FollowState,
  faces: readonly Face[],
  looks: readonly Look[],
  at: number,
  options: FollowOptions,
): FollowState {
  const byTrack = new Map(faces.flatMap((face, index) => (face.track === null ? [] : [[face.track, { face, index }]])));
  return {
    ...state,
    tracks: state.tracks.map((track) => {
      const found = byTrack.get(track.id);
      if (found === undefined) return track;
      const { id, box, velocity, seenAt, current } = track;
      const confirmation = confirm(track.confirmation, at, found.face, options);
      const looking = looks
        .filter((look) => look.face === found.index)
        .reduce((before, look) => looked(before, look, poseOf(found.face), options), track.looking);
      return { id, box, velocity, seenAt, current, confirmation, looking };
    }),
  };
}

/** Where a look at the face is taken from: how large it is and how far it is turned. */
export function poseOf(face: Pick<Face, 'box' | 'keypoints'>): Pose {
  return { widthPx: face.box.width, yawDegrees: face.keypoints === null ? 0 : yawDegrees(face.keypoints) };
}

function predicted(track: Track, at: number): Box {
  const ahead = Math.min(at - track.seenAt, MAX_PREDICTION_MS);
  return moved(track.box, track.velocity[0] * ahead, track.velocity[1] * ahead);
}

function start(id: number, box: Box, at: number): Track {
  return {
    id,
    box,
    velocity: [0, 0],
    seenAt: at,
    current: true,
    confirmation: unconfirmed(at),
    looking: NOT_LOOKED,
  };
}

function seen(track: Track, box: Box, at: number): Track {
  const elapsed = Math.max(1, at - track.seenAt);
  const [fromX, fromY] = center(track.box);
  const [toX, toY] = center(box);
  const blend = (old: number, now: number) => old + VELOCITY_GAIN * (now - old);
  return {
    id: track.id,
    box,
    velocity: [blend(track.velocity[0], (toX - fromX) / elapsed), blend(track.velocity[1], (toY - fromY) / elapsed)],
    seenAt: at,
    current: true,
    confirmation: track.confirmation,
    looking: track.looking,
  };
}

function attentionNeeded(
  all: readonly Track[],
  tracks: readonly (number | null)[],
  detections: readonly Detection[],
  at: number,
  options: FollowOptions,
): Pick<Followed, 'zoomAt' | 'lookAt'> {
  const byId = new Map(all.map((track) => [track.id, track]));
  const zoomAt: number[] = [];
  const wanted: { index: number; urgency: number }[] = [];
  detections.forEach((detection, index) => {
    const track = byId.get(tracks[index] ?? -1);
    if (track === undefined) return;
    if (wantsZoomCheck(track.confirmation, options)) zoomAt.push(index);
    if (!track.confirmation.confirmed) return;
    const urgency = lookUrgency(track.looking, poseOf(detection), at, options.looks);
    if (urgency !== null) wanted.push({ index, urgency });
  });
  wanted.sort((a, b) => b.urgency - a.urgency || a.index - b.index);
  return { zoomAt, lookAt: wanted.slice(0, options.looks.maxPerFrame).map(({ index }) => index) };
}

function looked(looking: Looking, look: Look, pose: Pose, options: FollowOptions): Looking {
  const fused = addLook(looking.fused, look, pose);
  return {
    fused,
    lastAt: look.at,
    bestWidthPx: Math.max(looking.bestWidthPx, pose.widthPx),
    settled: isSettled(fused, options.looks),
  };
}
