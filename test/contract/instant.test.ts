// Instants are written as JavaScript's own Date writes them.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantText } from '../../src/contract/instant.ts';

const FIRST_AT = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_AT = Date.parse('9999-12-31T23:59:59.999Z');

it('equals Date for every millisecond of the years 0 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST_AT, max: LAST_AT }), (unixMs) => {
      expect(instantText(unixMs)).toBe(new Date(unixMs).toISOString());
    }),
    { numRuns: 5000 },
  );
});

it.each([FIRST_AT, LAST_AT, 0, -1, Date.UTC(2000, 1, 29), Date.UTC(1900, 1, 28, 23, 59, 59, 999)])('%d', (unixMs) => {
  expect(instantText(unixMs)).toBe(new Date(unixMs).toISOString());
});

it('with an offset is the same instant by another clock', () => {
  const minutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
  fc.assert(
    fc.property(fc.integer({ min: FIRST_AT + 1e8, max: LAST_AT - 1e8 }), minutes, (unixMs, offset) => {
      const text = instantText(unixMs, offset * 60_000);
      expect(Date.parse(text)).toBe(unixMs);
      expect(text.slice(0, 23)).toBe(new Date(unixMs + offset * 60_000).toISOString().slice(0, 23));
    }),
  );
  expect(instantText(Date.UTC(2026, 2, 28, 23), 3_600_000)).toBe('2026-03-29T00:00:00.000+01:00');
  expect(instantText(Date.UTC(2026, 2, 29, 3, 30), -12_600_000)).toBe('2026-03-29T00:00:00.000-03:30');
});

it('rounds fractions of a millisecond', () => {
  expect(instantText(999.6)).toBe('1970-01-01T00:00:01.000Z');
});
