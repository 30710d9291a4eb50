// The range that is asked about: days of the configured time zone, also when the clocks change, and helpful refusals.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange, type RangeOptions } from '../../src/cli/stats-range.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { dayStart, instantOf, wallTimeAt } from '../../src/daemon/zoned-time.ts';

const HOUR_MS = 3_600_000;
const BERLIN = 'Europe/Berlin';
const at = (instant: string) => Date.parse(instant);
const texts = (options: RangeOptions, now: string, timezone = BERLIN) => {
  const { from, to } = parseRange(options, at(now), timezone);
  return [from, to].map((instant) => new Date(instant).toISOString().replace('.000Z', 'Z'));
};

describe('parseRange', () => {
  const NOW = '2026-11-24T16:14:20Z';

  it.each<[string, RangeOptions, readonly string[]]>([
    ['nothing: today', {}, ['2026-11-23T23:00:00Z', '2026-11-24T23:00:00Z']],
    ['the last hour', { last: '1h' }, ['2026-11-24T15:14:00Z', NOW]],
    ['the last minutes', { last: '30m' }, ['2026-11-24T15:44:00Z', NOW]],
    ['the last days', { last: '7d' }, ['2026-11-17T16:14:00Z', NOW]],
    ['one day, included', { from: '2026-11-20', to: '2026-11-20' }, ['2026-11-19T23:00:00Z', '2026-11-20T23:00:00Z']],
    ['since a day', { from: '2026-11-20' }, ['2026-11-19T23:00:00Z', NOW]],
    [
      'local instants',
      { from: '2026-11-20T10:00', to: '2026-11-20 12:30' },
      ['2026-11-20T09:00:00Z', '2026-11-20T11:30:00Z'],
    ],
    ['instants', { from: '2026-11-20T10:00Z', to: '2026-11-20T12:00:00+02:00' }, []],
    ['an instant inside a minute', { from: '2026-11-20T10:00:42Z' }, ['2026-11-20T10:00:00Z', NOW]],
    [
      'seconds of a minute: the whole minute',
      { from: '2026-11-20T10:00:30Z', to: '2026-11-20T10:00:40Z' },
      ['2026-11-20T10:00:00Z', '2026-11-20T10:01:00Z'],
    ],
  ])('%s', (_, options, expected) => {
    if (expected.length === 0) expect(() => texts(options, NOW)).toThrow('exchange them');
    else expect(texts(options, NOW)).toEqual(expected);
  });

  it.each<[RangeOptions, string]>([
    [{ last: 'hour' }, '--last hour is no duration: write 30m, 1h or 7d'],
    [{ last: '0h' }, 'is no duration'],
    [{ last: '999999999d' }, 'at most ten years'],
    [{ last: '1h', from: '2026-11-20' }, 'not both'],
    [{ to: '2026-11-20' }, '--to needs --from, for example --from 2026-11-24 --to 2026-11-20'],
    [{ from: '20.11.2026' }, '--from 20.11.2026 is no day or instant: write 2026-03-29'],
    [{ from: '2026-02-30' }, 'is no day'],
    [{ from: '2026-11-20', to: '2026-11-20T24:00' }, '--to 2026-11-20T24:00 is no day or instant'],
    [{ from: '2026-11-20T10:00+99:00' }, 'is no day or instant'],
    [{ from: '0001-01-01' }, 'is no day'],
    [{ from: '1900-01-01' }, '--from 1900-01-01 is too far back: at most ten years are told'],
    [{ from: '2026-12-01' }, 'lies in the future'],
    [{ from: '2026-11-20', to: '2026-11-19' }, 'is not before --to'],
  ])('refuses %j', (options, message) => {
    const attempt = () => parseRange(options, at(NOW), BERLIN);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message);
  });

  it.each([
    [BERLIN, '2026-03-29', 23],
    [BERLIN, '2026-10-25', 25],
    [BERLIN, '2026-06-01', 24],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Beirut', '2026-03-29', 23], // the clocks change at midnight: the day begins at 01:00
    ['UTC', '2026-03-29', 24],
  ])('in %s %s has %d hours', (timezone, day, hours) => {
    const { from, to } = parseRange({ from: day, to: day }, at('2027-01-01T00:00:00Z'), timezone);
    expect((to - from) / HOUR_MS).toBe(hours);
  });

  it('takes a time that is shown twice as the first, and one that is skipped as after the change', () => {
    expect(texts({ from: '2026-10-25T02:30', to: '2026-10-25T03:00' }, NOW)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T02:00:00Z',
    ]);
    expect(texts({ from: '2026-03-29T02:30', to: '2026-03-29T04:00' }, NOW)).toEqual([
      '2026-03-29T01:30:00Z',
      '2026-03-29T02:00:00Z',
    ]);
  });
});

describe.each([BERLIN, 'America/New_York'])('around the changes of the clocks in %s', (timezone) => {
  // Two weeks around each change of 2026 in Europe and America.
  const changes = ['2026-03-08T07:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-11-01T06:00Z'];
  const instant = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -7 * 86_400, max: 7 * 86_400 }))
    .map(([change, seconds]) => at(change) + seconds * 1000);

  it('the wall time of an instant leads back to it, or to the same time an hour earlier', () => {
    fc.assert(
      fc.property(instant, (moment) => {
        const back = instantOf(wallTimeAt(moment, timezone), timezone);
        expect([0, HOUR_MS]).toContain(moment - back);
        expect(wallTimeAt(back, timezone)).toEqual(wallTimeAt(moment, timezone));
      }),
    );
  });

  it('today holds now, begins and ends at midnight, and the next day begins where it ends', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const { from, to } = parseRange({}, now, timezone);
        expect(from <= now && now < to).toBe(true);
        for (const edge of [from, to])
          expect(wallTimeAt(edge, timezone)).toMatchObject({ hour: 0, minute: 0, second: 0 });
        expect([23, 24, 25]).toContain((to - from) / HOUR_MS);
        expect(dayStart(to, timezone)).toBe(to);
        expect(parseRange({}, to, timezone).from).toBe(to);
      }),
    );
  });

  it('a local instant means the same as with its offset', () => {
    fc.assert(
      fc.property(instant, (moment) => {
        const minute = Math.floor(moment / 60_000) * 60_000;
        const now = at('2027-01-01T00:00Z');
        const { year, month, day, hour, minute: minutes } = wallTimeAt(minute, timezone);
        const two = (value: number) => String(value).padStart(2, '0');
        const local = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minutes)}`;
        const utc = new Date(minute).toISOString();
        expect([0, HOUR_MS]).toContain(
          parseRange({ from: utc }, now, timezone).from - parseRange({ from: local }, now, timezone).from,
        );
      }),
    );
  });
});
