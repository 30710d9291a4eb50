// The same recording twice gives the same messages, byte by byte, the same rows, and statistics that agree with both.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Stats } from '../../../src/cli/stats-summary.ts';
import { rollupEventSchema, viewerEventSchema } from '../../../src/contract/event-schemas.ts';
import { databasePath } from '../../../src/daemon/installation.ts';
import { readStats } from '../../../src/sqlite/read-stats.ts';
import { runInProcess } from '../../support/run-in-process.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { recordLobby, VISITORS } from '../busy-lobby.ts';
import { type Replayed, replayInto } from '../daemon-rig.ts';

const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };

describe('a recording that is replayed', () => {
  it('twice, into two folders, says and stores the same', async () => {
    const path = await recordLobby();
    const folders = [tempFolder(), tempFolder()] as const;
    const first = await replayInto(folders[0], path);
    const second = await replayInto(folders[1], path);
    expect(textsOf(second, 'viewer')).toEqual(textsOf(first, 'viewer'));
    expect(textsOf(second, 'rollup/1m')).toEqual(textsOf(first, 'rollup/1m'));
    const [one, other] = folders.map((folder) => readStats(databasePath(folder), ALWAYS));
    expect(one).toEqual(other);
    expect([one?.open, one?.rollups.length, first.rollupsStored, first.looksMissing]).toEqual([[], 4, 4, 0]);
  });

  it('tells of everybody: who entered, what became known of them, and that they left', async () => {
    const { collector } = await replayInto(tempFolder(), await recordLobby());
    const events = collector.on('viewer').map(({ text }) => viewerEventSchema.parse(JSON.parse(text)));
    const kinds = (kind: string) => events.filter(({ type }) => type === `onlooker.viewer.${kind}.v1`);
    expect(kinds('entered').length).toBeGreaterThanOrEqual(VISITORS.length);
    expect(
      kinds('left')
        .map(({ data }) => data.viewer)
        .sort(),
    ).toEqual(
      kinds('entered')
        .map(({ data }) => data.viewer)
        .sort(),
    );
    expect(new Set(kinds('left').map(({ data }) => data.ageGroup))).toContain('under18');
    expect(new Set(kinds('left').map(({ data }) => data.gender))).toEqual(new Set(['female', 'male', null]));
  });

  it('has the totals that onlooker stats shows, also by age group and gender', async () => {
    const folder = tempFolder();
    const { collector } = await replayInto(folder, await recordLobby());
    const rollups = collector.on('rollup/1m').map(({ text }) => rollupEventSchema.parse(JSON.parse(text)).data);
    const stats = await statsOf(folder);
    const cells = rollups.flatMap((rollup) => rollup.cells ?? []);
    for (const amount of ['personSeconds', 'attentionSeconds', 'entered', 'watchers'] as const) {
      const total = rollups.reduce((sum, rollup) => sum + (rollup[amount] ?? 0), 0);
      expect(stats.amounts?.[amount]).toBeCloseTo(total, 6);
      expect(sum(stats.ageGroups, amount)).toBeCloseTo(total, 6);
      expect(sum(stats.genders, amount)).toBeCloseTo(total, 6);
      for (const { name, ...share } of stats.ageGroups) {
        expect(share[amount]).toBeCloseTo(
          sum(
            cells.filter(({ ageGroup }) => ageGroup === name),
            amount,
          ),
          6,
        );
      }
    }
    expect(stats.amounts?.personSeconds).toBeGreaterThan(100);
    expect([stats.periods, stats.partialPeriods]).toEqual([
      rollups.length,
      rollups.filter(({ partial }) => partial).length,
    ]);
    expect(stats.uptimeSeconds).toBeCloseTo(
      rollups.reduce((total, { uptimeSeconds }) => total + uptimeSeconds, 0),
      6,
    );
  });

  it('into the same folder again changes no row and sends nothing twice', async () => {
    const path = await recordLobby();
    const folder = tempFolder();
    await replayInto(folder, path);
    const before = readStats(databasePath(folder), ALWAYS);
    const again = await replayInto(folder, path);
    expect(readStats(databasePath(folder), ALWAYS)).toEqual(before);
    expect([again.rollupsStored, textsOf(again, 'rollup/1m')]).toEqual([0, []]);
  });

  it('loses the time that was dark or in which the sensor was away', async () => {
    const folder = tempFolder();
    await replayInto(folder, await recordLobby());
    const { rollups } = readStats(join(folder, 'onlooker.sqlite'), ALWAYS);
    expect(rollups.map(({ uptimeMs, partial }) => [uptimeMs, partial])).toEqual([
      [55_000, true],
      [53_000, false],
      [60_000 - 3600, false],
      [25_000, true],
    ]);
  });
});

async function statsOf(folder: string): Promise<Stats> {
  const range = ['--from', '2026-01-05T00:00Z', '--to', '2026-01-06T00:00Z'];
  const { code, stdout, stderr } = await runInProcess('stats', '--state', folder, ...range, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

function textsOf({ collector }: Replayed, topic: string): readonly string[] {
  return collector.on(topic).map(({ text }) => text);
}

function sum<Amount extends string>(items: readonly Readonly<Record<Amount, number>>[], amount: Amount): number {
  return items.reduce((total, item) => total + item[amount], 0);
}
