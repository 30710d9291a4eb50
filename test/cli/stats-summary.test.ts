// Sums of stored minutes: nothing is lost, and what nobody observed is no zero.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rollup } from '../../src/audience/rollup.ts';
import { type StatsOptions, summarize } from '../../src/cli/stats-summary.ts';
import { blindMinute, hour, MINUTE_MS, minute } from './rollups.ts';

const AGE_GROUPS = ['child', 'adult'];
const at = (instant: string) => Date.parse(instant);

function optionsFor(from: string, to: string, more: Partial<StatsOptions> = {}): StatsOptions {
  const range = { from: at(from), to: at(to) };
  return { range, nowAt: range.to, timezone: 'UTC', ageGroups: AGE_GROUPS, k: 1, ...more };
}

describe('summarize', () => {
  const tenToTwelve = optionsFor('2026-11-24T10:00Z', '2026-11-24T12:00Z');

  it('gives the totals and the two ratios', () => {
    const stats = summarize(
      [
        minute('2026-11-24T10:00Z', { seconds: 30, attention: 15 }, { seconds: 60, attention: 30, gender: 'female' }),
        minute('2026-11-24T11:59Z', { seconds: 6, attention: 0.5, ageGroup: 'child', gender: 'unknown' }),
      ],
      tenToTwelve,
    );
    expect(stats).toMatchObject({
      from: '2026-11-24T10:00:00.000Z',
      to: '2026-11-24T12:00:00.000Z',
      amounts: { personSeconds: 96, attentionSeconds: 45.5, entered: 3, watchers: 2 },
      uptimeSeconds: 120,
      averageAudience: 0.8,
      attentionRatio: 0.474,
      coverageRatio: 0.0167,
      step: 'hour',
    });
    expect(stats.ageGroups.map(({ name, personSeconds }) => [name, personSeconds])).toEqual([
      ['child', 6],
      ['adult', 90],
      ['unknown', 0],
    ]);
    expect(stats.genders.map(({ name, entered }) => [name, entered])).toEqual([
      ['female', 1],
      ['male', 1],
      ['unknown', 1],
    ]);
  });

  it('shows by the hour what is known by the hour, however short the range', () => {
    const range = optionsFor('2026-08-01T10:00Z', '2026-08-01T11:00Z');
    const stats = summarize([hour('2026-08-01T10:00Z', { seconds: 30 })], range);
    expect(stats).toMatchObject({ periods: 1, hourPeriods: 1, step: 'hour', steps: [{ uptimeSeconds: 3600 }] });
    expect(summarize([minute('2026-08-01T10:00Z')], range)).toMatchObject({ hourPeriods: 0, step: 'minute' });
  });

  it('leaves unknown what was not observed', () => {
    const nothing = summarize([], tenToTwelve);
    expect(nothing).toMatchObject({
      periods: 0,
      amounts: null,
      attentionRatio: null,
      averageAudience: null,
      coverageRatio: 0,
    });
    const blind = summarize([blindMinute('2026-11-24T10:05Z'), minute('2026-11-24T11:00Z')], tenToTwelve);
    expect(blind.steps.map(({ amounts }) => amounts?.personSeconds ?? null)).toEqual([null, 0]);
    expect(blind.amounts?.personSeconds).toBe(0);
    expect(blind.attentionRatio).toBeNull();
  });

  it('counts coverage against the time that has passed', () => {
    const stats = summarize([minute('2026-11-24T10:00Z')], { ...tenToTwelve, nowAt: at('2026-11-24T10:02Z') });
    expect(stats).toMatchObject({ coverageRatio: 0.5, until: '2026-11-24T10:02:00.000Z', step: 'minute' });
    expect(stats.steps).toHaveLength(2);
    expect(summarize([], { ...tenToTwelve, nowAt: at('2026-11-24T09:00Z') })).toMatchObject({
      coverageRatio: null,
      steps: [],
    });
  });

  it('parts data that are ahead of the clock as well, and says so', () => {
    const ahead = [minute('2026-11-24T10:00Z', { seconds: 5 }), minute('2026-11-24T11:40Z', { seconds: 7 })];
    const stats = summarize(ahead, { ...tenToTwelve, nowAt: at('2026-11-24T10:00:30Z') });
    expect(stats).toMatchObject({
      until: '2026-11-24T11:41:00.000Z',
      aheadOfClock: true,
      amounts: { personSeconds: 12 },
    });
    expect(stats.steps.map(({ amounts }) => amounts?.personSeconds)).toEqual([5, 7]);
    const running = summarize(ahead.slice(0, 1), { ...tenToTwelve, nowAt: at('2026-11-24T10:00:30Z') });
    expect(running).toMatchObject({ until: '2026-11-24T10:00:30.000Z', aheadOfClock: false });
  });

  it('tells few people as unknown, those of the whole range, and leaves every sum what it is', () => {
    const woman = { seconds: 10, gender: 'female' } as const;
    const rollups = [
      minute('2026-11-24T10:00Z', woman, { seconds: 3 }),
      minute('2026-11-24T11:00Z', woman, { seconds: 5, ageGroup: 'child', gender: 'unknown' }),
    ];
    const stats = summarize(rollups, { ...tenToTwelve, k: 2 });
    const { ageGroups, genders, k, ...sums } = stats;
    expect(k).toBe(2);
    expect(ageGroups.map(({ name, personSeconds, entered }) => [name, personSeconds, entered])).toEqual([
      ['child', 0, 0],
      ['adult', 20, 2],
      ['unknown', 8, 2],
    ]);
    expect(genders.map(({ name, entered }) => [name, entered])).toEqual([
      ['female', 2],
      ['male', 0],
      ['unknown', 2],
    ]);
    const { ageGroups: _, genders: __, k: ___, ...exact } = summarize(rollups, tenToTwelve);
    expect(sums).toEqual(exact);
  });

  it('keeps age groups that are not configured any more, and leaves out other minutes', () => {
    const stats = summarize(
      [minute('2026-11-24T10:00Z', { ageGroup: 'teen', seconds: 2 }), minute('2026-11-24T12:00Z', { seconds: 5 })],
      tenToTwelve,
    );
    expect(stats.ageGroups.map(({ name }) => name)).toEqual(['child', 'adult', 'teen', 'unknown']);
    expect(stats.periods).toBe(1);
  });

  it('steps by the hours of the wall clock, also where they are not those of UTC', () => {
    const { steps } = summarize([], optionsFor('2026-11-24T10:00Z', '2026-11-24T12:00Z', { timezone: 'Asia/Kolkata' }));
    expect(steps.map(({ from }) => from.slice(11, 16))).toEqual(['10:00', '10:30', '11:30']);
  });

  it('steps by local days over weeks, with the day of 25 hours', () => {
    const { step, steps } = summarize(
      [],
      optionsFor('2026-10-23T22:00Z', '2026-10-28T23:00Z', { timezone: 'Europe/Berlin' }),
    );
    expect(step).toBe('day');
    expect(steps.map(({ from, to }) => (at(to) - at(from)) / 3_600_000)).toEqual([24, 25, 24, 24, 24]);
  });

  it('parts the range without a gap and loses no person-second, in all zones and around the changes of the clocks', () => {
    const timezone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    const start = fc.constantFrom('2026-03-28T10:00Z', '2026-10-24T17:34Z', '2026-03-07T20:01Z', '2026-04-04T00:15Z');
    const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 20_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(timezone, start, offsets, fc.integer({ min: 1, max: 20_000 }), (zone, from, minutes, length) => {
        const rollups: readonly Rollup[] = minutes.map((m) => minute(at(from) + m * MINUTE_MS, { seconds: m + 1 }));
        const to = new Date(at(from) + length * MINUTE_MS).toISOString();
        const { amounts, steps } = summarize(rollups, optionsFor(from, to, { timezone: zone }));
        const bounds = steps.flatMap((step) => [at(step.from), at(step.to)]);
        expect([bounds[0], bounds.at(-1)]).toEqual([at(from), at(to)]);
        for (let i = 1; i < bounds.length - 1; i += 2) expect(bounds[i + 1]).toBe(bounds[i]);
        const sum = steps.reduce((total, step) => total + (step.amounts?.personSeconds ?? 0), 0);
        expect(sum).toBeCloseTo(amounts?.personSeconds ?? 0, 6);
      }),
      { numRuns: 60 },
    );
  });
});
