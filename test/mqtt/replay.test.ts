// What is asked for again is sent whole, in slices, at the pace of the connection; trouble with the storage is told and a bug is not hidden.
import { expect, it } from 'vitest';
import type { Rollup } from '../../src/audience/rollup.ts';
import { examples } from '../../src/contract/examples.ts';
import { instantText } from '../../src/contract/instant.ts';
import { Replay, type ReplayAnswer, type ReplayPorts } from '../../src/mqtt/replay.ts';
import { eventually } from '../support/eventually.ts';
import { manualClock } from '../support/manual-clock.ts';
import { isStorageError, minutes, rollupOf } from './rig.ts';

it('skips no period that overlaps the last one of a slice, as after a change of the time zone', async () => {
  const kept = minutes(200);
  const overlapping = { ...rollupOf(199), from: rollupOf(199).from + 30_000, offsetMs: 30_000 };
  const { answer } = ask([...kept, overlapping, rollupOf(200)]);
  await eventually(answer, (given) => given?.rollups === 202);
});

it('has no more under way than the connection allows', async () => {
  let underWay = 0;
  const most: number[] = [];
  const { answer } = ask(minutes(20), {
    window: () => 2,
    send: async () => {
      underWay += 1;
      most.push(underWay);
      await Promise.resolve();
      underWay -= 1;
    },
  });
  await eventually(answer, (given) => given?.rollups === 20);
  expect(Math.max(...most)).toBe(2);
});

it('tells that the rollups cannot be read', async () => {
  const { answer } = ask([], {
    rollups: () => {
      throw new Error('disk failing');
    },
  });
  await eventually(answer, (given) => given?.refusal === 'the rollups cannot be read: disk failing');
});

function ask(kept: readonly Rollup[], ports: Partial<ReplayPorts> = {}) {
  const clock = manualClock(rollupOf(400).from);
  let answer: ReplayAnswer | null = null;
  const replay = new Replay({
    clock,
    isStorageError,
    window: () => 4,
    rollups: ({ from, to }, _period, limit) =>
      kept.filter((rollup) => rollup.from >= from && rollup.from < to).slice(0, limit),
    send: () => Promise.resolve(),
    answer: (given) => {
      answer = given;
    },
    ...ports,
  });
  replay.ask({
    ...examples.replay,
    period: '1m',
    from: instantText(rollupOf(0).from),
    to: instantText(rollupOf(300).from),
  });
  return { answer: (): ReplayAnswer | null => answer };
}
