// What could not be stored is kept for a week and told, and a bug is not taken for a database that cannot be written.
import { describe, expect, it } from 'vitest';
import { type PeriodPart, type Rollup, sumParts } from '../../../src/audience/rollup.ts';
import { PartKeeper } from '../../../src/daemon/measurement/part-keeper.ts';
import { StorageError } from '../../../src/sqlite/storage-error.ts';
import { part } from '../../sqlite/parts.ts';
import { memoryLog } from '../memory-log.ts';

const WEEK_MINUTES = 7 * 1440;

describe('what is committed', () => {
  it('is what has closed, at once, and what is open at intervals', () => {
    const { keeper, commits } = rigged();
    const took = (closed: readonly PeriodPart[], at: number) => keeper.took(closed, () => [part(9, at)], at);
    expect(took([], 1000)).toBeNull();
    expect(took([], 15_999)).toBeNull();
    expect(took([], 16_000)).toEqual([]);
    expect(took([part(1, 500)], 17_000)).toEqual([sumParts([part(1, 500)], 0)]);
    expect(took([], 31_999)).toBeNull();
    expect(commits).toEqual([
      { closed: [], open: [part(9, 16_000)] },
      { closed: [part(1, 500)], open: [part(9, 17_000)] },
    ]);
    expect(keeper.finish()).toBeNull();
  });

  it('is tried once more at the end', () => {
    const { keeper, commits, fail } = rigged();
    fail(new StorageError('disk full'));
    expect(keeper.took([part(1, 500)], () => [], 0)).toBeNull();
    fail(null);
    expect(keeper.finish()).toHaveLength(1);
    expect([commits, keeper.finish()]).toEqual([[{ closed: [part(1, 500)], open: [] }], null]);
  });
});

describe('a store that fails', () => {
  it('makes parts wait for a week; then the oldest are given up, which is told', () => {
    const { keeper, commits, fail, log } = rigged();
    fail(new StorageError('disk full'));
    const minutes = Array.from({ length: WEEK_MINUTES }, (_, minute) => part(minute, 500));
    keeper.took(minutes, () => [], 0);
    keeper.took([part(WEEK_MINUTES, 500), part(WEEK_MINUTES + 1, 500)], () => [], 60_000);
    expect(keeper.storage).toBe('failing');
    fail(null);
    expect(keeper.took([part(WEEK_MINUTES + 2, 500)], () => [], 120_000)).toHaveLength(WEEK_MINUTES);
    expect(keeper.storage).toBe('ok');
    expect(commits[0]?.closed.slice(0, 1)).toEqual([part(3, 500)]);
    expect(log.lines().map(({ message, fields }) => [message, fields['lost'] ?? fields['parts']])).toEqual([
      ['cannot store; live publishing goes on, the parts are kept in memory', undefined],
      ['gave up parts that could not be stored for a week', 2],
      ['gave up parts that could not be stored for a week', 1],
      ['storing resumed', WEEK_MINUTES],
    ]);
  });

  it('because of a bug is none: the bug is fatal, instead of a week of measurements that nobody gets', () => {
    const { keeper, fail, log } = rigged();
    fail(new TypeError('cells is not iterable'));
    expect(() => keeper.took([part(1, 500)], () => [], 0)).toThrow(TypeError);
    expect([keeper.storage, log.lines()]).toEqual(['ok', []]);
  });
});

type Commit = Readonly<{ closed: readonly PeriodPart[]; open: readonly PeriodPart[] }>;

function rigged() {
  const commits: Commit[] = [];
  const log = memoryLog();
  let failure: Error | null = null;
  const commit = (parts: Commit): readonly Rollup[] => {
    if (failure !== null) throw failure;
    commits.push(parts);
    return parts.closed.map((one) => sumParts([one], 0));
  };
  const keeper = new PartKeeper(15_000, { logger: log.logger, store: { commit } });
  const fail = (error: Error | null) => {
    failure = error;
  };
  return { keeper, commits, log, fail };
}
