// What onlooker stats prints, in golden tables.
import { describe, expect, it } from 'vitest';
import { type StatsOptions, summarize } from '../../src/cli/stats-summary.ts';
import { statsTable } from '../../src/cli/stats-view.ts';
import { visibleLength } from '../../src/cli/terminal-text.ts';
import { blindMinute, hour, minute } from './rollups.ts';

const place = 'local/kiosk-7';
const at = (instant: string) => Date.parse(instant);
const golden = (text: string) => `\n${text}`;

const morning: StatsOptions = {
  range: { from: at('2026-10-24T22:00Z'), to: at('2026-10-25T23:00Z') },
  nowAt: at('2026-10-25T06:30Z'),
  timezone: 'Europe/Berlin',
  ageGroups: ['child', 'adult'],
  k: 1,
};
const rollups = [
  minute(
    '2026-10-25T00:10Z',
    { seconds: 100, gender: 'female' },
    { seconds: 20, ageGroup: 'child', gender: 'unknown' },
  ),
  { ...minute('2026-10-25T01:10Z', { seconds: 60, attention: 3 }), partial: true, uptimeMs: 30_000 },
  blindMinute('2026-10-25T03:00Z'),
  minute('2026-10-25T05:59Z'),
];

describe('statsTable', () => {
  it('shows totals, bars per hour with the change of the clocks and the gaps, age groups and gender', () => {
    const table = statsTable(summarize(rollups, morning), { place, columns: 80, color: false });
    expect(golden(table)).toMatchInlineSnapshot(`
      "
      Audience of local/kiosk-7
      Sun 25 Oct 2026 00:00 – Mon 26 Oct 2026 00:00, Europe/Berlin (so far, until 07:30)

        viewers entered              3     person-seconds            180.0
        watchers                     3     attention-seconds          63.0
        average audience          1.20     attention ratio            35 %
        observed            2 min 30 s     coverage                  0.5 %

        by hour          person-sec                                 attention  entered
        00:00 – 02:00       no data
        02:00                 120.0  █████████████████████████████       50 %        2
        02:00 UTC+1            60.0  ██████████████▌                    5.0 %        1
        03:00 – 06:00       no data
        06:00                   0.0                                         –        0
        07:00               no data

        age group     person-sec                                    attention  entered
        child               20.0  ███▌                                   50 %        1
        adult              160.0  ████████████████████████████▌          33 %        2
        unknown              0.0                                            –        0

        gender        person-sec                                    attention  entered
        female             100.0  █████████████████▊                     50 %        1
        male                60.0  ██████████▋                           5.0 %        1
        unknown             20.0  ███▌                                   50 %        1

      Average audience: person-seconds per observed second, the impression multiplier of the IAB.
      Not observed from start to end: 1 of 4 minutes.
      "
    `);
  });

  it('says that data are ahead of the clock', () => {
    const nowAt = at('2026-10-25T02:00Z');
    const table = statsTable(summarize(rollups, { ...morning, nowAt }), { place, columns: 80, color: false });
    expect(table).toContain('(so far, until 07:00)');
    expect(table).toMatch(/lies ahead of the clock/);
  });

  it('says that few people are shown as unknown', () => {
    const table = statsTable(summarize(rollups, { ...morning, k: 5 }), { place, columns: 80, color: false });
    expect(table).toContain('Combinations of age group and gender of fewer than 5 people are shown as unknown.');
    expect(table).toMatch(/unknown +180\.0/);
  });

  it('names the last day of a gap of days, and tells hours from minutes', () => {
    const march: StatsOptions = {
      ...morning,
      range: { from: at('2026-02-28T23:00Z'), to: at('2026-03-07T23:00Z') },
      nowAt: at('2026-06-30T12:00Z'),
    };
    const stored = [
      hour('2026-03-01T10:00Z', { seconds: 12 }),
      { ...hour('2026-03-05T10:00Z', { seconds: 12 }), partial: true },
      minute('2026-03-07T10:00Z', { seconds: 12 }),
    ];
    const table = statsTable(summarize(stored, march), { place, columns: 80, color: false });
    expect(table).toMatch(/Mon 2 Mar – Wed 4 Mar +no data\n +Thu 5 Mar +12\.0/);
    expect(table).toContain('Not observed from start to end: 1 of 1 minute and 2 hours.');
  });

  it('says that nothing is stored', () => {
    const table = statsTable(summarize([], morning), { place, columns: 80, color: false });
    expect(golden(table)).toMatchInlineSnapshot(`
      "
      Audience of local/kiosk-7
      Sun 25 Oct 2026 00:00 – Mon 26 Oct 2026 00:00, Europe/Berlin (so far, until 07:30)

      No data: nothing is stored about this time.
      "
    `);
  });

  it('shows a range in which nothing could be observed as unknown', () => {
    const table = statsTable(summarize([blindMinute('2026-10-25T03:00Z')], morning), {
      place,
      columns: 80,
      color: false,
    });
    expect(table).toMatch(/viewers entered +no data +person-seconds +no data/);
    expect(table).not.toContain('█');
    expect(table).not.toContain('age group');
  });

  it.each([50, 80, 132])('is at most %i columns wide, and 80 where bars need the room', (columns) => {
    const table = statsTable(summarize(rollups, morning), { place, columns, color: true });
    const tableRows = table.split('\n').filter((line) => line.includes('█'));
    expect(tableRows.length).toBeGreaterThan(0);
    for (const line of tableRows) expect(visibleLength(line)).toBeLessThanOrEqual(Math.max(64, columns));
  });
});
