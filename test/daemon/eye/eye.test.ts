// The eye notices a camera that hangs, breaks or leaks, and starts capture and sensor again together.
import { describe, expect, it } from 'vitest';
import { CAMERA, eyeRig, type Rig } from './fake-pair.ts';

describe('a camera that works', () => {
  it('opens its stream with the first observation, and acknowledges each', async () => {
    const rig = eyeRig();
    rig.clock.advance(3000);
    rig.newest().ready();
    rig.watch(300);
    expect(rig.told).toEqual([
      { kind: 'opened', at: 3100, wallAtZero: rig.clock.wallNow() - 3300, periodMs: 100 },
      { kind: 'observed', seq: 0 },
      { kind: 'observed', seq: 1 },
      { kind: 'observed', seq: 2 },
    ]);
    expect(rig.newest().acknowledged).toEqual([0, 1, 2]);
    await rig.eye.stop();
  });

  it('is left alone for hours', async () => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.watch(3_600_000);
    expect([rig.pairs.length, rig.aways()]).toEqual([1, []]);
    await rig.eye.stop();
  });
});

describe('a camera that hangs', () => {
  it.each([
    ['loading', 60_000, 'sensor loads nothing for 60 s', 0, () => undefined],
    ['before its first frame', 15_000, 'no frame for 15 s', 1000, (rig: Rig) => rig.newest().ready()],
    [
      'after some frames',
      5000,
      'no frame for 5 s',
      1000,
      (rig: Rig) => {
        rig.newest().ready();
        rig.watch(3000);
      },
    ],
  ])('%s is restarted after %d ms and not before', async (_, patienceMs, detail, retryInMs, until) => {
    const rig = eyeRig();
    until(rig);
    rig.clock.advance(patienceMs);
    expect(rig.aways()).toEqual([]);
    rig.clock.advance(1000);
    expect(rig.aways()).toMatchObject([{ detail, retryInMs }]);
    await rig.pass(1000);
    expect(rig.pairs.map(({ isStopped }) => isStopped)).toEqual([true, false]);
    await rig.eye.stop();
  });

  it.each([
    ['slow', 1200, 12_000],
    ['very slow', 5000, 18_000],
  ])(
    'of a %s source, of a frame in %d ms, is waited for longer, and for less than the watchdog waits',
    async (_, periodMs, patienceMs) => {
      const rig = eyeRig({ source: { ...CAMERA, periodMs } });
      rig.newest().ready();
      rig.watch(100);
      rig.clock.advance(patienceMs);
      expect(rig.aways()).toEqual([]);
      rig.clock.advance(2000);
      expect(rig.aways()).toHaveLength(1);
      await rig.eye.stop();
    },
  );
});

describe('restarting', () => {
  it('opens another stream on the same wall clock', async () => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.watch(1000);
    rig.newest().lose('capture', 'ended with code 1: No such device');
    await rig.pass(1000);
    rig.newest().ready();
    rig.watch(100);
    const opened = rig.told.flatMap((one) => (one.kind === 'opened' ? [one.wallAtZero] : []));
    expect(opened).toHaveLength(2);
    expect(new Set(opened).size).toBe(1);
    expect(rig.log.lines()).toMatchObject([
      {
        level: 'warn',
        message: 'restarting capture and sensor',
        fields: { reason: 'capture ended with code 1: No such device', source: 'camera video0', retryInMs: 1000 },
      },
    ]);
    await rig.eye.stop();
  });

  it('waits longer after each failure in a row, up to a minute', async () => {
    const rig = eyeRig();
    for (let failure = 0; failure < 8; failure += 1) {
      rig.newest().lose('capture');
      await rig.pass(rig.aways().at(-1)?.retryInMs ?? 0);
    }
    const delays = [1000, 2000, 5000, 10_000, 30_000, 60_000, 60_000, 60_000];
    expect(rig.aways().map(({ retryInMs }) => retryInMs)).toEqual(delays);
    const pauses = rig.pairs.slice(1).map(({ startedAt }, index) => startedAt - (rig.pairs[index]?.startedAt ?? 0));
    expect(pauses).toEqual(delays);
    await rig.eye.stop();
  });

  it('begins with the shortest pause again after ten seconds without a fault', async () => {
    const rig = eyeRig();
    for (const goodMs of [0, 9000, 12_000]) {
      rig.newest().ready();
      rig.watch(goodMs);
      rig.newest().lose('capture');
      await rig.pass(rig.aways().at(-1)?.retryInMs ?? 0);
    }
    expect(rig.aways().map(({ retryInMs }) => retryInMs)).toEqual([1000, 2000, 1000]);
    await rig.eye.stop();
  });

  it('begins the stream of a camera that is away from the start, so that its minutes are known to be unknown', async () => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.newest().lose('capture');
    expect(rig.told.map(({ kind }) => kind)).toEqual(['opened', 'away']);
    await rig.eye.stop();
  });

  it('comes at once after a crash of the sensor, but not again and again', async () => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.watch(1000);
    rig.newest().lose('sensor');
    await rig.pass(0);
    expect(rig.pairs).toHaveLength(2);
    rig.newest().say({ kind: 'failed', code: 'bug', message: 'TypeError' });
    expect(rig.aways()).toMatchObject([
      { detail: 'sensor was ended by SIGSEGV', retryInMs: 0 },
      { detail: 'sensor failed: TypeError', retryInMs: 1000 },
    ]);
    await rig.eye.stop();
  });

  it('cures a sensor whose memory grows', async () => {
    const rig = eyeRig({ maxSensorMegabytes: 1 });
    rig.newest().ready();
    rig.watch(1000);
    expect(rig.aways()).toMatchObject([{ detail: 'sensor uses more than 1 MB of memory', retryInMs: 0 }]);
    await rig.pass(0);
    expect(rig.pairs.map(({ isStopped }) => isStopped)).toEqual([true, false]);
    await rig.eye.stop();
  });

  it('waits until both programs of the last attempt have ended', async () => {
    const rig = eyeRig({ holdsOn: true });
    rig.newest().lose('capture');
    await rig.pass(60_000);
    expect(rig.pairs).toHaveLength(1);
    rig.newest().letGo();
    await rig.pass(1000);
    expect(rig.pairs).toHaveLength(2);
    rig.newest().letGo();
    await rig.eye.stop();
  });
});

describe('stopping', () => {
  it('ends the pair and starts none any more', async () => {
    const rig = eyeRig();
    rig.newest().ready();
    rig.watch(500);
    await rig.eye.stop();
    await rig.pass(600_000);
    expect(rig.pairs.map(({ isStopped }) => isStopped)).toEqual([true]);
    expect([rig.aways(), rig.eye.processes(), rig.clock.waiting()]).toEqual([[], [], 0]);
  });

  it('waits for a pair that is being restarted, and does not restart it', async () => {
    const rig = eyeRig({ holdsOn: true });
    rig.newest().lose('capture');
    let hasStopped = false;
    const stopped = rig.eye.stop().then(() => {
      hasStopped = true;
    });
    await rig.pass(60_000);
    expect(hasStopped).toBe(false);
    rig.newest().letGo();
    await stopped;
    await rig.pass(60_000);
    expect(rig.pairs).toHaveLength(1);
  });

  it('in the pause before an attempt prevents it', async () => {
    const rig = eyeRig();
    rig.newest().lose('capture');
    await rig.pass(500);
    await rig.eye.stop();
    await rig.pass(60_000);
    expect(rig.pairs).toHaveLength(1);
  });
});
