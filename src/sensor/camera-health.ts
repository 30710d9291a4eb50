// Judges what a live camera shows: which fault its picture has, if any, and what somebody should know though all is counted.
import type { CameraReading } from '../observation/observation.ts';
import type { Glimpse } from './glimpse.ts';
import { type Arrivals, arrivalsWord, NOTHING_ARRIVED, noticeArrivals } from './health/arrivals.ts';
import { type Blank, blankWord, NOT_BLANK, noticeBlank } from './health/blank.ts';
import { colorDisorder } from './health/color-disorder.ts';
import { type Focus, focusWord, NO_FOCUS, noticeFocus, pauseFocus } from './health/focus.ts';
import { type Frozen, firstPictureWord, frozenWord, noticeFrozen } from './health/frozen.ts';
import { type Garbled, garbledWord, NOT_GARBLED, noticeGarbled } from './health/garbled.ts';
import { hasMoved, NO_SCENE, noticeScene, pauseScene, type Scene } from './health/scene.ts';
import { type Texture, textureOf } from './health/texture.ts';
import type { Picture } from './luma.ts';

export type CameraHealth = Readonly<{
  blank: Blank;
  garbled: Garbled;
  frozen: Frozen;
  arrivals: Arrivals;
  /** When focus and scene were last looked at. */
  inspectedAt: number | null;
  focus: Focus;
  scene: Scene;
}>;

export const NOTHING_NOTICED: CameraHealth = {
  blank: NOT_BLANK,
  garbled: NOT_GARBLED,
  frozen: null,
  arrivals: NOTHING_ARRIVED,
  inspectedAt: null,
  focus: NO_FOCUS,
  scene: NO_SCENE,
};

/** What is measured of a frame; the texture only when it is wanted. */
export type Signs = Readonly<{ seen: Glimpse; disorder: number; texture: () => Texture | null }>;

/** `arrived` frames had come by `at`, those dropped included. */
type Moment = Readonly<{ at: number; arrived: number; periodMs: number }>;

type Health = Pick<CameraReading, 'state' | 'notices'>;

/** Neither focus nor scene is lost faster. */
const INSPECT_EVERY_MS = 1000;

export function signsOf(picture: Picture, seen: Glimpse): Signs {
  return { seen, disorder: colorDisorder(picture), texture: () => textureOf(picture) };
}

export function noticeHealth(before: CameraHealth, { seen, disorder, texture }: Signs, moment: Moment): CameraHealth {
  const { at, arrived, periodMs } = moment;
  const { thumbnail } = seen;
  const noticed = {
    ...before,
    blank: noticeBlank(before.blank, seen, at),
    garbled: noticeGarbled(before.garbled, { thumbnail, disorder }, at, periodMs),
    frozen: noticeFrozen(before.frozen, thumbnail, at),
    arrivals: noticeArrivals(before.arrivals, at, arrived, periodMs),
  };
  const state = worst(plainWords(noticed, at, periodMs));
  const isDue = before.inspectedAt === null || at - before.inspectedAt >= INSPECT_EVERY_MS;
  if (state === 'suspect' || (state === 'ok' && !isDue)) return noticed;
  const focus = state === 'ok' ? noticeFocus(before.focus, texture(), at) : pauseFocus(before.focus);
  const isSharp = state === 'ok' && focusWord(focus) === 'ok';
  const scene = isSharp ? noticeScene(before.scene, thumbnail, at) : pauseScene(before.scene);
  return { ...noticed, inspectedAt: at, focus, scene };
}

export function healthOf(health: CameraHealth, at: number, periodMs: number): Health {
  const { focus, frozen, arrivals, scene } = health;
  return {
    state: worst([...plainWords(health, at, periodMs), firstPictureWord(frozen), focusWord(focus)]),
    notices: [...(hasMoved(scene) ? (['moved'] as const) : []), ...(arrivals.isTooSlow ? (['too-slow'] as const) : [])],
  };
}

/** What can be said of any picture; focus and scene only of one that has none of these faults. */
function plainWords(
  { blank, garbled, frozen, arrivals }: CameraHealth,
  at: number,
  periodMs: number,
): readonly Health['state'][] {
  // The dark stands still, too, and a restart gives no light.
  const still = blank.nothing === null ? frozenWord(frozen, at, periodMs) : 'ok';
  return [blankWord(blank), garbledWord(garbled, periodMs), still, arrivalsWord(arrivals)];
}

/**
 * Of several faults the one that explains the others: where nothing is seen, nothing else can be said; what is no picture is
 * neither still nor sharp; and what stands still is only as sharp as it happened to be.
 */
const PRECEDENCE = ['dark', 'covered', 'garbled', 'frozen', 'blurred', 'too-fast', 'suspect'] as const;

function worst(words: readonly Health['state'][]): Health['state'] {
  return PRECEDENCE.find((word) => words.includes(word)) ?? 'ok';
}
