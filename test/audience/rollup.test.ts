// Summing parts: in any order, and to null where there was nothing healthy to see.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCells, type Cell, type PeriodPart, sumParts } from '../../src/audience/rollup.ts';

const amount = fc.integer({ min: 0, max: 60_000 });
const cell: fc.Arbitrary<Cell> = fc.record({
  ageGroup: fc.constantFrom('child', 'adult', 'unknown'),
  gender: fc.constantFrom('female', 'male', 'unknown'),
  personMs: amount,
  attentionMs: amount,
  entered: amount,
  watchers: amount,
});
const part: fc.Arbitrary<PeriodPart> = fc.record({
  period: fc.constant('1m' as const),
  from: fc.constant(0),
  to: fc.constant(60_000),
  session: fc.string(),
  uptimeMs: fc.integer({ min: 1, max: 60_000 }),
  partial: fc.boolean(),
  present: amount,
  splitByRestart: amount,
  cells: fc.array(cell, { maxLength: 6 }),
});

describe('the sum of parts', () => {
  it('does not depend on their order, to the byte', () => {
    fc.assert(
      fc.property(part, fc.array(part, { maxLength: 4 }), (first, others) => {
        const [last, ...before] = [first, ...others].toReversed();
        if (last === undefined) return;
        expect(JSON.stringify(sumParts([last, ...before], 3))).toBe(JSON.stringify(sumParts([first, ...others], 3)));
      }),
    );
  });

  it('holds as much as its cells, and as its parts', () => {
    fc.assert(
      fc.property(part, part, (a, b) => {
        const { audience, uptimeMs } = sumParts([a, b], 0);
        const personMs = [...a.cells, ...b.cells].reduce((sum, each) => sum + each.personMs, 0);
        expect(audience?.personMs).toBe(personMs);
        expect(audience?.cells.reduce((sum, each) => sum + each.personMs, 0)).toBe(personMs);
        expect(uptimeMs).toBe(a.uptimeMs + b.uptimeMs);
      }),
    );
  });

  it('is unknown without uptime, and partial when one part is', () => {
    const [first] = fc.sample(part, 1);
    if (first === undefined) throw new Error('fast-check made no part');
    expect(sumParts([{ ...first, uptimeMs: 0 }], 0).audience).toBeNull();
    const whole = { ...first, partial: false };
    expect(sumParts([whole, { ...whole, partial: true }], 0).partial).toBe(true);
    expect(sumParts([whole, whole], 0).partial).toBe(false);
  });
});

describe('cells', () => {
  it('are one per class, sorted, and adding them up again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), (cells) => {
        const sums = addCells(cells);
        const keys = sums.map(({ ageGroup, gender }) => `${ageGroup}/${gender}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(addCells(sums)).toEqual(sums);
        expect(addCells(cells.toReversed())).toEqual(sums);
      }),
    );
  });
});
