// onlooker stats: answers who was there from the database, also while the daemon writes to it.
import { hostname } from 'node:os';
import { type Rollup, sumParts, withPart } from '../audience/rollup.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../daemon/clock.ts';
import { databasePath, ownService } from '../daemon/installation.ts';
import { readStats, type StoredStats } from '../sqlite/read-stats.ts';
import { EXIT } from './exit-code.ts';
import { parseRange, type RangeOptions } from './stats-range.ts';
import { summarize } from './stats-summary.ts';
import { statsTable } from './stats-view.ts';
import { terminal } from './terminal.ts';

export type StatsCommandOptions = RangeOptions & Readonly<{ config?: string; state?: string; json?: boolean }>;

export async function showStats(options: StatsCommandOptions): Promise<number> {
  const service = ownService(process.env);
  const { config } = loadConfig(options.config ?? service.config, { hostname: hostname() });
  const nowAt = systemClock.wallNow();
  const range = parseRange(options, nowAt, config.timezone);
  const folder = options.state ?? config.store.folder ?? service.state;
  const stored = readStats(databasePath(folder), range);
  const ageGroups = config.age.groups.map(({ name }) => name);
  const { timezone, privacy } = config;
  const stats = summarize(withOpen(stored), { range, nowAt, timezone, ageGroups, k: privacy.k });
  // Whose folder that is only its own configuration says.
  const place =
    options.state !== undefined && options.config === undefined ? folder : `${config.site}/${config.screen}`;
  process.stdout.write(
    options.json === true ? `${JSON.stringify(stats, null, 2)}\n` : statsTable(stats, { place, ...terminal() }),
  );
  return EXIT.ok;
}

/** The minute that still runs counts as far as it has been written; what no run was there for says nothing. */
function withOpen({ rollups, open }: StoredStats): readonly Rollup[] {
  const known = rollups.filter(({ partial, uptimeMs }) => !partial || uptimeMs > 0);
  const byStart = new Map(known.map((rollup) => [rollup.from, rollup]));
  for (const part of open) {
    const rollup = byStart.get(part.from);
    byStart.set(part.from, rollup === undefined ? sumParts([part], 0) : withPart(rollup, part));
  }
  return [...byStart.values()];
}
