// Properties: what the mistakes of a tracker may cost, which the stored quantities hold no identity to suffer from.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryScript,
  endOf,
  filmOf,
  type Script,
  type ScriptedTrack,
  scriptOf,
  steady,
} from '../support/arbitrary-film.ts';
import { measure, OPTIONS, total } from '../support/measure-audience.ts';
import { confirmationMs } from '../support/naive-audience.ts';

describe('a tracker that errs', () => {
  it('changes nothing by swapping the ids of two confirmed tracks', () => {
    const frames = fc.integer({ min: 10, max: 40 });
    fc.assert(
      fc.property(frames, frames, fc.integer({ min: 5, max: 30 }), (first, second, swapAt) => {
        const a = steady(swapAt + first, 1);
        const b = steady(swapAt + second, 2);
        const right = scriptOf([a, b]);
        const swapped = scriptOf([
          a.map((id, frame) => (frame < swapAt ? id : 2)),
          b.map((id, frame) => (frame < swapAt ? id : 1)),
        ]);
        expect(amountsOf(swapped)).toEqual(amountsOf(right));
      }),
    );
  });

  it('changes nothing by other numbers for the same tracks', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: 120, tracks: 4 }), fc.integer({ min: 1, max: 99 }), (script, offset) => {
        const renumbered = script.tracks.map(({ ids, attending }) => ({
          ids: ids.map((id) => (id === null ? null : 100 - id * offset)),
          attending,
        }));
        expect(amountsOf({ ...script, tracks: renumbered })).toEqual(amountsOf(script));
      }),
    );
  });

  it('changes nothing by splitting a track between two consecutive detections into confirmed parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 60 }), fc.integer({ min: 4, max: 60 }), (before, after) => {
        const whole = scriptOf([steady(before + after, 1)]);
        const split = scriptOf([[...steady(before, 1), ...steady(after, 2)]]);
        expect(amountsOf(split)).toEqual(amountsOf(whole));
      }),
    );
  });

  it('costs at most a gap and the confirmation of each part by any other single split', () => {
    const size = { frames: 80, tracks: 1, dark: false, stalls: false };
    fc.assert(
      fc.property(arbitraryScript(size), fc.integer({ min: 1, max: 79 }), (script, splitAt) => {
        const [track] = script.tracks;
        if (track === undefined) return;
        const split = { ...script, tracks: [renamedFrom(track, splitAt)] };
        const cost = amountsOf(script).personMs - amountsOf(split).personMs;
        const parts = [only(track, 0, splitAt), only(track, splitAt, 80)];
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

function amountsOf(script: Script) {
  const { parts } = measure(filmOf(script));
  return { personMs: total(parts, 'personMs'), attentionMs: total(parts, 'attentionMs') };
}

function renamedFrom({ ids, attending }: ScriptedTrack, frame: number): ScriptedTrack {
  return { ids: ids.map((id, index) => (id === null || index < frame ? id : id + 1000)), attending };
}

function only({ ids, attending }: ScriptedTrack, from: number, until: number): ScriptedTrack {
  return { ids: ids.map((id, index) => (index >= from && index < until ? id : null)), attending };
}
