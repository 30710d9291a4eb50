// Properties of the audience core over arbitrary films: what DESIGN promises of person-seconds, whatever the tracker did.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PeriodPart } from '../../src/audience/rollup.ts';
import type { Observation } from '../../src/observation/observation.ts';
import {
  arbitraryScript,
  cutOut,
  endOf,
  filmOf,
  type Script,
  scriptOf,
  steady,
  wallAtZero,
} from '../support/arbitrary-film.ts';
import { type Measured, measure, total, viewersWhoLeft } from '../support/measure-audience.ts';
import { naiveAmounts } from '../support/naive-audience.ts';
import { film, walkPast } from '../support/walk-past.ts';

const FRAMES = 120;

describe('person-seconds', () => {
  it('are the sum of n_i * min(t_i+1 - t_i, 500 ms), and attention and uptime likewise', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: FRAMES, tracks: 3 }), (script) => {
        fc.pre(endOf(script) < 60_000);
        const { parts, events } = measure(filmOf(script));
        const expected = naiveAmounts(script, endOf(script));
        expect({
          personMs: total(parts, 'personMs'),
          attentionMs: total(parts, 'attentionMs'),
          viewers: total(parts, 'entered'),
          uptimeMs: uptimeOf(parts),
        }).toEqual(expected);
        expect(viewersWhoLeft(events).length).toBe(expected.viewers);
      }),
    );
  });

  it('over all minutes are the dwell of all viewers, wherever the minutes begin', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: 300, tracks: 3 }), wallAtZero, (script, wall) => {
        const { parts, events } = measure(filmOf(script), { wallAtZero: wall });
        const viewers = viewersWhoLeft(events);
        const sumOf = (amount: 'dwellMs' | 'attentionMs') => viewers.reduce((sum, viewer) => sum + viewer[amount], 0);
        expect(total(parts, 'personMs')).toBe(sumOf('dwellMs'));
        expect(total(parts, 'attentionMs')).toBe(sumOf('attentionMs'));
        expect(total(parts, 'entered')).toBe(viewers.length);
        expect(total(parts, 'watchers')).toBe(viewers.filter((viewer) => viewer.attentionMs >= 1000).length);
      }),
      { numRuns: 60 },
    );
  });

  it('hold attention ≤ dwell for every viewer, every cell and every moment', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: FRAMES, tracks: 3 }), (script) => {
        const { parts, events } = measure(filmOf(script));
        for (const { viewer } of events) {
          expect(viewer.attentionMs).toBeLessThanOrEqual(viewer.dwellMs);
          expect(viewer.dwellMs).toBeLessThanOrEqual((viewer.leftAt ?? Number.POSITIVE_INFINITY) - viewer.enteredAt);
        }
        for (const cell of parts.flatMap(({ cells }) => cells)) {
          expect(cell.attentionMs).toBeLessThanOrEqual(cell.personMs);
        }
      }),
    );
  });

  it('are byte for byte the same when the same recording is observed again', () => {
    fc.assert(
      fc.property(arbitraryScript({ frames: FRAMES, tracks: 3 }), (script) => {
        const observations = filmOf(script);
        const recorded: readonly Observation[] = JSON.parse(JSON.stringify(observations));
        expect(bytesOf(measure(recorded))).toBe(bytesOf(measure(observations)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('parts of a period', () => {
  it('of a run that was cut in two add up to the undivided run', () => {
    // Nobody, or long enough to be confirmed on that side of the cut.
    const seenFor = fc.oneof(fc.constant(0), fc.integer({ min: 4, max: 40 }));
    const person = fc.record({ before: seenFor, after: seenFor, attending: fc.array(fc.boolean(), { minLength: 1 }) });
    const people = fc.array(person, { minLength: 1, maxLength: 3 });
    const side = fc.integer({ min: 40, max: 60 });
    fc.assert(
      fc.property(people, side, side, wallAtZero, (tracks, cutAt, rest, wall) => {
        const frames = cutAt + rest;
        const whole = scriptOf(
          tracks.map(({ before, after }, index) =>
            steady(frames, index + 1).map((id, frame) =>
              frame >= cutAt - before && frame < cutAt + after ? id : null,
            ),
          ),
          tracks.map(({ attending }) => attending),
        );
        const run = (script: Script, session: string) => measure(filmOf(script), { session, wallAtZero: wall }).parts;
        const halves = [...run(cutOut(whole, 0, cutAt), 'a'), ...run(cutOut(whole, cutAt, frames), 'b')];
        const undivided = run(whole, 'a');
        for (const amount of ['personMs', 'attentionMs'] as const) {
          expect(byMinute(halves, amount)).toEqual(byMinute(undivided, amount));
        }
        expect(uptimeOf(halves)).toBe(uptimeOf(undivided));
      }),
    );
  });
});

describe('half the frame rate', () => {
  it('changes no duration by more than two frames of the slower rate', () => {
    const visit = fc.record({
      periodMs: fc.constantFrom(33, 50, 100, 125, 200, 250, 500),
      from: fc.integer({ min: 0, max: 3000 }),
      lasts: fc.integer({ min: 1000, max: 20_000 }),
      looksFrom: fc.integer({ min: 0, max: 3000 }),
      looksFor: fc.integer({ min: 0, max: 9000 }),
    });
    fc.assert(
      fc.property(visit, ({ periodMs, from, lasts, looksFrom, looksFor }) => {
        const looksAt = [from + looksFrom, from + looksFrom + looksFor] as const;
        const person = walkPast({ from, until: from + lasts, looksAt });
        const durations = (period: number) => {
          const { parts } = measure(film([person], { periodMs: period, until: 40_000 }), { periodMs: period });
          return { personMs: total(parts, 'personMs'), attentionMs: total(parts, 'attentionMs') };
        };
        const fast = durations(periodMs);
        const slow = durations(2 * periodMs);
        expect(Math.abs(fast.personMs - slow.personMs)).toBeLessThanOrEqual(4 * periodMs);
        expect(Math.abs(fast.attentionMs - slow.attentionMs)).toBeLessThanOrEqual(4 * periodMs);
      }),
    );
  });
});

function bytesOf({ events, parts }: Measured): string {
  return JSON.stringify({ events, parts });
}

function byMinute(parts: readonly PeriodPart[], amount: 'personMs' | 'attentionMs'): Record<number, number> {
  const sums: Record<number, number> = {};
  for (const part of parts) sums[part.from] = (sums[part.from] ?? 0) + total([part], amount);
  return sums;
}

function uptimeOf(parts: readonly PeriodPart[]): number {
  return parts.reduce((sum, part) => sum + part.uptimeMs, 0);
}
