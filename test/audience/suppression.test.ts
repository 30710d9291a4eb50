// No few people are told by age group and gender, and every sum stays what it is.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCells, type Cell, type Rollup, sumCells } from '../../src/audience/rollup.ts';
import { suppressCells, suppressRollup } from '../../src/audience/suppression.ts';

const amount = fc.integer({ min: 0, max: 60_000 });
const cells: fc.Arbitrary<readonly Cell[]> = fc
  .array(
    fc.record({
      ageGroup: fc.constantFrom('child', 'adult', 'under18', 'unknown'),
      gender: fc.constantFrom('female', 'male', 'unknown'),
      personMs: amount,
      attentionMs: amount,
      entered: fc.integer({ min: 0, max: 12 }),
      watchers: fc.integer({ min: 0, max: 12 }),
    }),
    { maxLength: 12 },
  )
  .map(addCells);
const threshold = fc.integer({ min: 1, max: 12 });

const isUnknown = ({ ageGroup, gender }: Cell) => ageGroup === 'unknown' && gender === 'unknown';
const sums = (of: readonly Cell[]) => ({ ...sumCells(of), cells: [] });

describe('few people', () => {
  it('are told as unknown, with those who were there before the period', () => {
    const amounts = { personMs: 1000, attentionMs: 100, watchers: 1 };
    expect(
      suppressCells(
        [
          { ...amounts, ageGroup: 'adult', gender: 'female', entered: 5 },
          { ...amounts, ageGroup: 'adult', gender: 'male', entered: 4 },
          { ...amounts, ageGroup: 'child', gender: 'unknown', entered: 0 },
        ],
        5,
      ),
    ).toEqual([
      { ...amounts, ageGroup: 'adult', gender: 'female', entered: 5 },
      { ageGroup: 'unknown', gender: 'unknown', personMs: 2000, attentionMs: 200, entered: 4, watchers: 2 },
    ]);
  });

  it('are in no combination that is told', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 2, max: 12 }), (all, k) => {
        const told = suppressCells(all, k).filter((cell) => !isUnknown(cell));
        expect(told).toEqual(all.filter((cell) => !isUnknown(cell) && cell.entered >= k));
      }),
    );
  });

  it('change no sum', () => {
    fc.assert(
      fc.property(cells, threshold, (all, k) => {
        expect(sums(suppressCells(all, k))).toEqual(sums(all));
      }),
    );
  });

  it('are withheld once: a second time changes nothing', () => {
    fc.assert(
      fc.property(cells, threshold, (all, k) => {
        const once = suppressCells(all, k);
        expect(suppressCells(once, k)).toEqual(once);
        expect(addCells(once)).toEqual(once);
      }),
    );
  });

  it('are told with a threshold of 1, whatever they are', () => {
    fc.assert(
      fc.property(cells, (all) => {
        expect(suppressCells(all, 1)).toEqual(all);
      }),
    );
  });
});

it('a rollup of which nothing is known stays so, and one of few people keeps all but its cells', () => {
  const blind: Rollup = {
    ...{ period: '1m', from: 0, to: 60_000, offsetMs: 0, revision: 0, partial: false, uptimeMs: 0 },
    audience: null,
  };
  expect(suppressRollup(blind, 5)).toEqual(blind);
  const man: Cell = { ageGroup: 'adult', gender: 'male', personMs: 9, attentionMs: 3, entered: 1, watchers: 0 };
  const seen = { ...blind, uptimeMs: 60_000, audience: { ...sumCells([man]), present: 2, splitByRestart: 0 } };
  expect(suppressRollup(seen, 5)).toEqual({
    ...seen,
    audience: { ...seen.audience, cells: [{ ...man, ageGroup: 'unknown', gender: 'unknown' }] },
  });
});
