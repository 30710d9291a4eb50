// A place for one daemon of a test: its own folder, configuration, state and port.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type PeriodPart, type Rollup, sumParts } from '../../src/audience/rollup.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { readStats, type StoredStats } from '../../src/sqlite/read-stats.ts';
import { type PartRow, partOf } from '../../src/sqlite/rows.ts';
import { freePort } from '../support/free-port.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Keys = Readonly<Record<string, unknown>>;

export type Home = Readonly<{
  folder: string;
  port: number;
  /** Of the configuration. */
  config: string;
  stateFolder: string;
  /** What the program puts anywhere else goes into the folder, too. */
  env: Readonly<{ XDG_STATE_HOME: string; TMPDIR: string }>;
  /** Writes the configuration anew, sections over the defaults of the tests. */
  configure(sections: Readonly<Record<string, Keys>>): void;
  hasStored(): boolean;
  stored(): StoredStats;
  /** What each run measured of each period, as far as it is closed. */
  parts(): readonly PeriodPart[];
  /** Rollups that wait for the broker. */
  queued(): number;
}>;

export async function newHome(sections: Readonly<Record<string, Keys>> = {}): Promise<Home> {
  const folder = tempFolder();
  const port = await freePort();
  const config = join(folder, 'onlooker.yaml');
  const stateFolder = join(folder, 'onlooker');
  const database = join(stateFolder, 'onlooker.sqlite');
  const configure = ({ mqtt = {}, store = {}, ...others }: Readonly<Record<string, Keys>>): void => {
    // JSON is YAML.
    const text = { mqtt: { port, ttlMs: 1500, ...mqtt }, store: { commitEveryMs: 1000, ...store }, ...others };
    writeFileSync(config, JSON.stringify({ site: 'test', screen: 'door', ...text }));
  };
  configure(sections);
  return {
    folder,
    port,
    config,
    stateFolder,
    env: { XDG_STATE_HOME: folder, TMPDIR: folder },
    configure,
    hasStored: () => existsSync(database),
    stored: () => readStats(database, EVER),
    parts: () => reading(database, closedParts),
    queued: () => reading(database, (opened) => new Outbox(opened).depth()),
  };
}

export function personSeconds(rollups: readonly Rollup[]): number {
  return rollups.reduce((sum, { audience }) => sum + (audience?.personMs ?? 0), 0) / 1000;
}

export function entered(rollups: readonly Rollup[]): number {
  return rollups.reduce((sum, { audience }) => sum + (audience?.entered ?? 0), 0);
}

/** Person-seconds of the open period as far as they are stored; 0 while there is no database. */
export function measuredSeconds(home: Home): number {
  return personSeconds(home.hasStored() ? home.stored().open.map((part) => sumParts([part], 0)) : []);
}

function closedParts(database: Database.Database): readonly PeriodPart[] {
  return database.prepare<[], PartRow>('SELECT * FROM part WHERE closed = 1 ORDER BY from_at').all().map(partOf);
}

function reading<T>(path: string, read: (database: Database.Database) => T): T {
  const database = new Database(path, { readonly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };
