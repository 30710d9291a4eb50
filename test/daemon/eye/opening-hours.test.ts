// When the screen is open, in its own time zone, over nights, weekends and changes of the clock.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpeningHours } from '../../../src/config/opening-hours-schema.ts';
import { openingAt } from '../../../src/daemon/eye/opening-hours.ts';
import type { Day } from '../../../src/targeting/local-time.ts';

const BERLIN = 'Europe/Berlin';
const ALL: Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SHOP: OpeningHours = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '20:00' },
  { days: ['sat'], from: '10:00', to: '18:00' },
];
const BAR: OpeningHours = [{ days: ['fri', 'sat'], from: '18:00', to: '02:00' }];

const at = (text: string) => Date.parse(text);

describe('opening hours', () => {
  it('are all the time where none are given', () => {
    expect(openingAt(null, 0, BERLIN)).toEqual({ open: true, until: Number.POSITIVE_INFINITY });
  });

  it.each([
    ['the first minute', SHOP, '2026-03-16T08:00:00+01:00', true, '2026-03-16T20:00:00+01:00'],
    ['before it', SHOP, '2026-03-16T07:59:59+01:00', false, '2026-03-16T08:00:00+01:00'],
    ['the end', SHOP, '2026-03-16T20:00:00+01:00', false, '2026-03-17T08:00:00+01:00'],
    ['a Saturday evening, until Monday', SHOP, '2026-03-14T18:00:00+01:00', false, '2026-03-16T08:00:00+01:00'],
    ['past midnight', BAR, '2026-03-14T01:30:00+01:00', true, '2026-03-14T02:00:00+01:00'],
    ['the night after the last day', BAR, '2026-03-15T02:00:00+01:00', false, '2026-03-20T18:00:00+01:00'],
    ['a day that is an hour shorter', SHOP, '2026-03-28T20:00:00+01:00', false, '2026-03-30T08:00:00+02:00'],
  ])('%s', (_, hours, now, open, until) => {
    expect(openingAt(hours, at(now), BERLIN)).toEqual({ open, until: at(until) });
  });

  it('to 24:00 that go on at 00:00 have no gap', () => {
    const always: OpeningHours = [{ days: ALL, from: '00:00', to: '24:00' }];
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }), (now) => {
        expect(openingAt(always, now, BERLIN).open).toBe(true);
      }),
    );
  });

  it('hold until the instant that they say, and change there', () => {
    const instants = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
    fc.assert(
      fc.property(
        fc.constantFrom(SHOP, BAR),
        instants,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (hours, now, share) => {
          const { open, until } = openingAt(hours, now, BERLIN);
          expect(until).toBeGreaterThan(now);
          expect(openingAt(hours, Math.floor(now + share * (until - now)), BERLIN).open).toBe(open);
          expect(openingAt(hours, until, BERLIN).open).toBe(!open);
        },
      ),
    );
  });
});
