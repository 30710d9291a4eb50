// Properties: what the mistakes of a tracker may cost, which the stored quantities hold no identity to suffer from.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryScript,
  endOf,
  filmOf,
  type Script,
  type ScriptedTrack,
  wallAtZero,
} from '../support/arbitrary-film.ts';
import { measure, OPTIONS, total } from '../support/measure-audience.ts';
import { confirmationMs } from '../support/naive-audience.ts';

const FRAMES = 80;
const aFrame = fc.integer({ min: 1, max: FRAMES - 1 });
const anOffset = fc.integer({ min: 1, max: 99 });

describe('a tracker that errs', () => {
  it('changes nothing by swapping the ids of two confirmed tracks', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: FRAMES, tracks: 2 }), aFrame, wallAtZero, (script, swapAt, wall) => {
        const { tracks } = script;
        fc.pre(tracks.length === 2);
        fc.pre(tracks.every((track) => isConfirmed(script, track, runUntil(script, track, swapAt))));
        fc.pre(tracks.every((track) => isSeen(script, track, swapAt)));
        const swapped = { ...script, tracks: tracks.map((track) => exchangedFrom(track, swapAt)) };
        expect(amountsOf(swapped, wall)).toEqual(amountsOf(script, wall));
      }),
    );
  });

  it('changes nothing by other numbers for the same tracks', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: 120, tracks: 4 }), anOffset, wallAtZero, (script, offset, wall) => {
        const renumbered = script.tracks.map(({ ids, attending }) => ({
          ids: ids.map((id) => (id === null ? null : 100 - id * offset)),
          attending,
        }));
        expect(amountsOf({ ...script, tracks: renumbered }, wall)).toEqual(amountsOf(script, wall));
      }),
    );
  });

  it('changes nothing by splitting a track between two consecutive detections into confirmed parts', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: FRAMES, tracks: 1 }), aFrame, wallAtZero, (script, splitAt, wall) => {
        const [track] = script.tracks;
        fc.pre(track !== undefined);
        const parts = [runUntil(script, track, splitAt), runFrom(script, track, splitAt)];
        fc.pre(parts.every((part) => isConfirmed(script, track, part)));
        const split = { ...script, tracks: [renamedFrom(track, splitAt)] };
        expect(amountsOf(split, wall)).toEqual(amountsOf(script, wall));
      }),
    );
  });

  it('costs at most a gap and the confirmation of each part by any other single split', () => {
    const size = { frames: FRAMES, tracks: 1, dark: false, stalls: false };
    fc.assert(
      fc.property(arbitraryScript(size), aFrame, wallAtZero, (script, splitAt, wall) => {
        const [track] = script.tracks;
        fc.pre(track !== undefined);
        const split = { ...script, tracks: [renamedFrom(track, splitAt)] };
        const cost = amountsOf(script, wall).personMs - amountsOf(split, wall).personMs;
        const parts = [only(track, 0, splitAt), only(track, splitAt, FRAMES)];
        const allowed = parts.reduce(
          (sum, part) => sum + confirmationMs(script, part, endOf(script)),
          OPTIONS.maxGapMs,
        );
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(cost).toBeLessThanOrEqual(allowed);
      }),
      { numRuns: 300 },
    );
  });
});

function amountsOf(script: Script, wall: number) {
  const { parts } = measure(filmOf(script), { wallAtZero: wall });
  return { personMs: total(parts, 'personMs'), attentionMs: total(parts, 'attentionMs') };
}

type Run = Readonly<{ from: number; until: number }>;

/** The longest run of detections that ends before this frame. */
function runUntil(script: Script, track: ScriptedTrack, until: number): Run {
  let from = until;
  while (isSeen(script, track, from - 1)) from -= 1;
  return { from, until };
}

/** The longest run of detections that begins with this frame. */
function runFrom(script: Script, track: ScriptedTrack, from: number): Run {
  let until = from;
  while (isSeen(script, track, until)) until += 1;
  return { from, until };
}

function isSeen({ healthy }: Script, { ids }: ScriptedTrack, frame: number): boolean {
  return healthy[frame] === true && typeof ids[frame] === 'number';
}

/** Whether the detections of this run alone confirm the track. */
function isConfirmed(script: Script, track: ScriptedTrack, { from, until }: Run): boolean {
  const times = script.times.slice(from, until);
  const [first = 0] = times;
  if (times.length < 3 || times.some((at, index) => at - (times[index - 1] ?? at) > OPTIONS.maxGapMs)) return false;
  return confirmationMs(script, only(track, from, until), endOf(script)) <= (times.at(-1) ?? first) - first;
}

/** With the id of the other one of the tracks 1 and 2 from this frame on. */
function exchangedFrom({ ids, attending }: ScriptedTrack, frame: number): ScriptedTrack {
  return { ids: ids.map((id, index) => (id === null || index < frame ? id : 3 - id)), attending };
}

function renamedFrom({ ids, attending }: ScriptedTrack, frame: number): ScriptedTrack {
  return { ids: ids.map((id, index) => (id === null || index < frame ? id : id + 1000)), attending };
}

function only({ ids, attending }: ScriptedTrack, from: number, until: number): ScriptedTrack {
  return { ids: ids.map((id, index) => (index >= from && index < until ? id : null)), attending };
}
