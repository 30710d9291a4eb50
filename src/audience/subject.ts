// One track as the audience core sees it: its presence, whether it is confirmed, whether it is a poster, and its visit.
import type { Box, Face, Look, Observation } from '../observation/observation.ts';
import { type Confirmation, confirm, unconfirmed } from './confirm.ts';
import { poseOf } from './follow.ts';
import { addLook, type Fused, NO_LOOKS } from './fuse.ts';
import { iou } from './geometry.ts';
import type { AudienceOptions, Timing } from './options.ts';
import { firstSeen, type Presence, seeAgain } from './presence.ts';
import type { Visit } from './visit.ts';

export type Subject = Readonly<{
  track: number;
  box: Box;
  presence: Presence;
  confirmation: Confirmation;
  fused: Fused;
  /** Since when the crop has not changed; null while it does. */
  staticSince: number | null;
  /** Taken for a poster: not counted until its crop keeps changing, and then only from the moment that began. */
  excluded: boolean;
  /** The stretch in which the crop of an excluded face has been changing; null while it does not. */
  stirring: Stirring | null;
  visit: Visit | null;
}>;

type Stirring = Readonly<{ from: number; to: number }>;

/** A visit whose track was lost by a restart of the sensor. */
export type Orphan = Readonly<{ box: Box; seenAt: number; fused: Fused; visit: Visit }>;

/** The place of a poster, so that a new track on it does not count as a new viewer. */
export type Poster = Readonly<{ box: Box }>;

const SAME_PLACE_IOU = 0.3;
const SAME_POSTER_IOU = 0.5;
/** Whoever strolls past a poster covers its face in part for half a second before and after; the living go on moving. */
const ALIVE_AFTER_MS = 3000;
const STIRRING_PAUSE_MS = 1000;

export function meetSubject(
  track: number,
  face: Face,
  at: number,
  orphan: Orphan | null,
  posters: readonly Poster[],
): Subject {
  const fresh = unconfirmed(at);
  return {
    track,
    box: face.box,
    presence: firstSeen(at, face.attending),
    confirmation: orphan === null ? fresh : { ...fresh, passed: true, confirmed: true },
    fused: orphan?.fused ?? NO_LOOKS,
    staticSince: null,
    excluded: posters.some((poster) => iou(poster.box, face.box) >= SAME_POSTER_IOU),
    stirring: null,
    visit: orphan?.visit ?? null,
  };
}

/** The orphan that the face covers best, or null. */
export function orphanAt(orphans: readonly Orphan[], box: Box): Orphan | null {
  const nearest = orphans
    .map((orphan) => ({ orphan, overlap: iou(orphan.box, box) }))
    .filter(({ overlap }) => overlap >= SAME_PLACE_IOU)
    .sort((a, b) => b.overlap - a.overlap)[0];
  return nearest?.orphan ?? null;
}

/** Takes in a face of this track and the looks at it. */
export function seeSubject(
  subject: Subject,
  face: Face,
  looks: readonly Look[],
  { at, detected }: Observation,
  timing: Timing,
  options: AudienceOptions,
): Subject {
  const staticSince = stillSince(subject, face, at, options);
  const wasStatic = staticSince !== null && at - staticSince > options.staticAfterMs;
  const stirring = stirringOf(subject, face, at, options);
  const excluded = wasStatic || (subject.excluded && !isAlive(stirring));
  const begins = subject.excluded && subject.stirring === null;
  return {
    track: subject.track,
    box: face.box,
    presence: begins ? firstSeen(at, face.attending) : seeAgain(subject.presence, at, face.attending),
    confirmation: detected ? confirm(subject.confirmation, at, face, timing.confirm) : subject.confirmation,
    fused: looks.reduce((fused, look) => addLook(fused, look, poseOf(face)), subject.fused),
    staticSince,
    excluded,
    stirring: excluded ? stirring : null,
    visit: subject.visit,
  };
}

/** The subject after its presence, and perhaps its visit, has moved on. */
export function withPresence(subject: Subject, presence: Presence, visit: Visit | null = subject.visit): Subject {
  const { track, box, confirmation, fused, staticSince, excluded, stirring } = subject;
  return { track, box, presence, confirmation, fused, staticSince, excluded, stirring, visit };
}

export function withoutPoster(posters: readonly Poster[], box: Box): readonly Poster[] {
  return posters.filter((poster) => iou(poster.box, box) < SAME_POSTER_IOU);
}

function stillSince(subject: Subject, face: Face, at: number, options: AudienceOptions): number | null {
  if (face.changeRatio === null) return subject.staticSince;
  return hasChanged(face, options) ? null : (subject.staticSince ?? at);
}

function stirringOf(subject: Subject, face: Face, at: number, options: AudienceOptions): Stirring | null {
  const { excluded, stirring } = subject;
  if (!excluded) return null;
  if (hasChanged(face, options)) return { from: stirring?.from ?? at, to: at };
  return stirring !== null && at - stirring.to <= STIRRING_PAUSE_MS ? stirring : null;
}

function isAlive(stirring: Stirring | null): boolean {
  return stirring !== null && stirring.to - stirring.from >= ALIVE_AFTER_MS;
}

function hasChanged(face: Face, { staticChangeRatio }: AudienceOptions): boolean {
  return face.changeRatio !== null && face.changeRatio >= staticChangeRatio;
}
