// A process that is killed while it commits loses nothing that a commit had confirmed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { MINUTE_MS } from './parts.ts';

const PERIODS = ['1m', '15m', '1h', '1d'] as const;

it('keeps every confirmed commit over several kills', async () => {
  const path = join(tempFolder(), 'onlooker.sqlite');
  let next = 1;
  for (const [run, commits] of [40, 1, 400].entries()) {
    const confirmed = await killAfter(path, `run ${run}`, next, commits);
    const { database, setAside } = openDatabase(path, 0);
    expect(setAside).toBeNull();
    const store = new RollupStore(database);
    store.recover(0);
    const rollups = store.rollups({ from: MINUTE_MS, to: Number.MAX_SAFE_INTEGER });

    // The last one is the recovered checkpoint; before it at most one commit that had no time to be confirmed.
    const closed = rollups.length - 1;
    expect(closed).toBeGreaterThanOrEqual(confirmed);
    expect(closed).toBeLessThanOrEqual(confirmed + 1);
    const opened = rollups[rollups.length - 1];
    expect(opened).toMatchObject({ from: (closed + 1) * MINUTE_MS, partial: true, audience: { personMs: 1 } });
    expect(rollups.slice(next - 1, closed)).toEqual(
      rollups.slice(next - 1, closed).map((_, index) => expectedRollup(next + index, next, run)),
    );
    const all = PERIODS.flatMap((period) => store.rollups({ from: 0, to: Number.MAX_SAFE_INTEGER }, period));
    expect(new Outbox(database).depth()).toBe(all.length);
    database.close();
    next = closed + 1;
  }
});

/** The first minute of a later run has the checkpoint of the killed one in it. */
function expectedRollup(minute: number, first: number, run: number) {
  const joined = run > 0 && minute === first;
  return expect.objectContaining({
    from: minute * MINUTE_MS,
    revision: joined ? 1 : 0,
    partial: joined,
    audience: expect.objectContaining({ personMs: joined ? minute + 1 : minute }),
  });
}

/** Returns the last minute whose commit the child had confirmed when it died. */
async function killAfter(path: string, session: string, first: number, commits: number): Promise<number> {
  const hooks = new URL('../support/typescript-hooks.mjs', import.meta.url).href;
  const program = fileURLToPath(new URL('committing-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', hooks, program, path, session, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let last = first - 1;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (last >= first + commits - 1) child.kill('SIGKILL');
  }
  expect(await ended).toEqual([null, 'SIGKILL']);
  return last;
}
