// The eye rests when it is told to, sees at the rate that it is told, and heeds what is wrong with the picture.
import { describe, expect, it } from 'vitest';
import { eyeRig, FILM } from './fake-pair.ts';

const kinds = (rig: ReturnType<typeof eyeRig>) =>
  rig.told.map(({ kind }) => kind).filter((kind) => kind !== 'observed');

describe('outside the opening hours', () => {
  it('nothing runs, and the minutes pass as unknown', async () => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.watch(1000);
    rig.world.duty = { isOpen: false, detail: 'closed until 08:00' };
    await rig.pass(3_600_000);
    expect([rig.pairs.length, rig.newest().isStopped, kinds(rig)]).toEqual([1, true, ['opened', 'resting']]);
    rig.world.duty = { isOpen: true, rateRatio: 1 };
    await rig.pass(1000);
    await rig.pass(0);
    rig.newest().ready();
    rig.watch(100);
    expect([rig.pairs.length, kinds(rig)]).toEqual([2, ['opened', 'resting', 'starting', 'opened']]);
    await rig.eye.stop();
  });

  it('a camera that was away is not tried', async () => {
    const rig = eyeRig();
    rig.newest().lose('capture');
    rig.world.duty = { isOpen: false, detail: 'closed until 08:00' };
    await rig.pass(1000);
    await rig.pass(600_000);
    expect([rig.pairs.length, kinds(rig)]).toEqual([1, ['opened', 'away', 'resting']]);
    await rig.eye.stop();
  });

  it('a film is played to its end', async () => {
    const rig = eyeRig({ source: FILM });
    rig.newest().ready();
    rig.world.duty = { isOpen: false, detail: 'closed until 08:00' };
    rig.watch(5000);
    expect(kinds(rig)).toEqual(['opened']);
    await rig.eye.stop();
  });
});

describe('a hot device', () => {
  it('is watched at half the rate, in a stream that says so, without a fault', async () => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.watch(1000);
    rig.world.duty = { isOpen: true, rateRatio: 0.5 };
    await rig.pass(1000);
    await rig.pass(0);
    rig.newest().ready();
    rig.watch(200);
    const opened = rig.told.flatMap((one) => (one.kind === 'opened' ? [one.periodMs] : []));
    expect([rig.pairs.length, opened, rig.aways()]).toEqual([2, [100, 200], []]);
    // What was seen before holds no longer.
    expect(kinds(rig)).toEqual(['opened', 'starting', 'opened']);
    await rig.eye.stop();
  });
});

describe('a device that was pulled out', () => {
  it('is tried as soon as it is back', async () => {
    const rig = eyeRig();
    rig.world.isPlugged = false;
    for (const _ of [1, 2, 3, 4, 5]) {
      rig.newest().lose('capture');
      await rig.pass(rig.aways().at(-1)?.retryInMs ?? 0);
    }
    rig.newest().lose('capture');
    expect(rig.aways().at(-1)?.retryInMs).toBe(60_000);
    await rig.pass(5000);
    expect(rig.pairs).toHaveLength(6);
    rig.world.isPlugged = true;
    await rig.pass(1000);
    await rig.pass(0);
    expect(rig.pairs).toHaveLength(7);
    await rig.eye.stop();
  });

  it('that never went away waits for its turn', async () => {
    const rig = eyeRig();
    rig.newest().lose('capture');
    await rig.pass(900);
    expect(rig.pairs).toHaveLength(1);
    await rig.eye.stop();
  });
});

describe('a picture', () => {
  it.each(['frozen', 'garbled', 'too-fast'] as const)(
    'that is %s is cured by a restart, at growing pauses',
    async (state) => {
      const rig = eyeRig();
      for (const _ of [1, 2, 3]) {
        rig.newest().ready();
        rig.watch(500);
        rig.watch(30_000, 'suspect');
        rig.newest().observe(rig.clock.monotonicNow(), state);
        await rig.pass(rig.aways().at(-1)?.retryInMs ?? 0);
      }
      expect(rig.aways().map(({ fault, retryInMs }) => [fault, retryInMs])).toEqual([
        [state, 1000],
        [state, 2000],
        [state, 5000],
      ]);
      await rig.eye.stop();
    },
  );

  it.each(['dark', 'covered', 'blurred'] as const)('that is %s is left as it is', async (state) => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.watch(60_000, state);
    expect(rig.aways()).toEqual([]);
    await rig.eye.stop();
  });
});
