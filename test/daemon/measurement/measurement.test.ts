// What the measurement stores and when: commits by the clock of the observations, failures survived, nothing doubled.
import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/sqlite/storage-error.ts';
import { film, walkPast } from '../../support/walk-past.ts';
import { type MeasurementRig, measurementRig } from './measurement-rig.ts';

const MINUTE_MS = 60_000;
const visitor = walkPast({ from: 5000, until: 200_000, looksAt: [6000, 9000] });

describe('committing', () => {
  it('checkpoints the open period every so often', () => {
    const rig = measurementRig({ commitEveryMs: 15_000 });
    const committedAt = watchCommits(rig, film([visitor], { until: 40_000 }));
    expect(committedAt).toEqual([15_000, 30_000]);
    expect(rig.store.closed()).toEqual([]);
    expect(rig.store.commits.map(({ open }) => open.map(({ cells }) => cells[0]?.personMs))).toEqual([
      [10_000],
      [25_000],
    ]);
  });

  it('writes a period when it closes, with a checkpoint of the next', () => {
    const rig = measurementRig({ commitEveryMs: 50_000 });
    const committedAt = watchCommits(rig, film([visitor], { until: 70_000 }));
    expect(committedAt).toEqual([50_000, 61_000]);
    expect(rig.store.commits.at(-1)).toMatchObject({
      closed: [{ uptimeMs: MINUTE_MS, partial: false, cells: [{ personMs: 55_000, attentionMs: 3000, entered: 1 }] }],
      open: [{ uptimeMs: 1000, cells: [{ personMs: 1000, entered: 0 }] }],
    });
    expect(rig.measurement.tally.rollupsStored).toBe(1);
  });

  it('commits at the same places however fast the observations come', () => {
    const observations = film([visitor], { until: 130_000 });
    const live = measurementRig();
    watchCommits(live, observations);
    const replayed = measurementRig();
    replayed.open();
    for (const observation of observations) replayed.measurement.observed(observation, null);
    expect(replayed.store.commits).toEqual(live.store.commits);
  });

  it('tells the outbox after each commit', () => {
    const rig = measurementRig();
    watchCommits(rig, film([visitor], { until: 40_000 }));
    expect(rig.publisher.drains).toBe(2);
  });

  it('goes on in the time without frames', () => {
    const rig = measurementRig({ commitEveryMs: 50_000 });
    watchCommits(rig, film([visitor], { until: 10_000 }));
    rig.measurement.passed(2 * MINUTE_MS + 1000);
    expect(rig.store.closed()).toMatchObject([{ uptimeMs: 9900 + 500 }, { uptimeMs: 0, cells: [] }]);
    expect(rig.publisher.messages.viewer.at(-1)).toMatchObject({ data: { reason: 'gone', dwellMs: 5400 } });
  });
});

describe('a store that fails', () => {
  it('keeps the parts and writes each once when it works again', () => {
    const rig = measurementRig();
    rig.store.failure = new StorageError('disk full');
    rig.open();
    rig.play(film([visitor], { until: 3 * MINUTE_MS }));
    expect(rig.measurement.storage).toBe('failing');
    expect(rig.store.commits).toEqual([]);
    rig.store.failure = null;
    rig.play(film([visitor], { from: 3 * MINUTE_MS, until: 4 * MINUTE_MS + 2000 }));
    expect(rig.measurement.storage).toBe('ok');
    const undisturbed = measurementRig();
    watchCommits(undisturbed, film([visitor], { until: 4 * MINUTE_MS + 2000 }));
    expect(rig.store.closed()).toEqual(undisturbed.store.closed());
    expect(rig.store.closed()).toHaveLength(4);
    expect(rig.measurement.tally.rollupsStored).toBe(4);
  });

  it('is logged once, and once when it resumes', () => {
    const rig = measurementRig();
    rig.store.failure = new StorageError('disk full');
    watchCommits(rig, film([visitor], { until: 2 * MINUTE_MS }));
    rig.store.failure = null;
    rig.play(film([visitor], { from: 2 * MINUTE_MS, until: 3 * MINUTE_MS }));
    expect(rig.log.lines()).toEqual([
      {
        level: 'error',
        message: 'cannot store; live publishing goes on, the parts are kept in memory',
        fields: { err: expect.any(StorageError) },
      },
      { level: 'info', message: 'storing resumed', fields: { parts: 2 } },
    ]);
  });

  it('is tried again no more often than it commits', () => {
    const rig = measurementRig();
    rig.store.failure = new StorageError('disk full');
    watchCommits(rig, film([visitor], { until: 46_000 }));
    expect(rig.store.attempts).toBe(3);
  });

  it('stops no live message', () => {
    const rig = measurementRig();
    rig.store.failure = new StorageError('disk full');
    watchCommits(rig, film([walkPast({ from: 20_000, until: 30_000 })], { until: 40_000 }));
    expect(rig.publisher.messages.viewer.map(({ type }) => type)).toEqual([
      'onlooker.viewer.entered.v1',
      'onlooker.viewer.left.v1',
    ]);
    expect(rig.publisher.drains).toBe(0);
  });
});

describe('the end', () => {
  it('sees everybody off and writes the open period as partial', () => {
    const rig = measurementRig();
    watchCommits(rig, film([visitor], { until: 10_000 }));
    rig.measurement.ended();
    expect(rig.publisher.messages.viewer.at(-1)).toMatchObject({ data: { reason: 'ended', dwellMs: 5000 } });
    expect(rig.store.commits).toMatchObject([
      { closed: [{ partial: true, uptimeMs: 10_000, cells: [{ personMs: 5000 }] }], open: [] },
    ]);
    expect(rig.publisher.messages.now.at(-1)).toMatchObject({ health: 'ended', present: null, attending: null });
  });

  it('comes once', () => {
    const rig = measurementRig();
    watchCommits(rig, film([visitor], { until: 10_000 }));
    rig.measurement.ended();
    rig.measurement.ended();
    rig.play(film([visitor], { from: 10_000, until: 20_000 }));
    expect(rig.store.commits).toHaveLength(1);
    expect(rig.publisher.messages.viewer).toHaveLength(2);
  });

  it('of a source that never showed a frame writes nothing', () => {
    const rig = measurementRig();
    rig.measurement.ended();
    const opened = measurementRig();
    opened.open();
    opened.measurement.ended();
    expect([...rig.store.commits, ...opened.store.commits]).toEqual([]);
  });
});

describe('a stream that is opened again', () => {
  it('goes on with its viewers, whose last frame speaks for its longest interval', () => {
    const rig = measurementRig();
    watchCommits(rig, film([visitor], { until: 10_000 }));
    rig.open();
    rig.play(film([{ ...visitor, trackAt: () => 9 }], { from: 10_800, until: 20_000 }));
    rig.measurement.ended();
    expect(rig.publisher.messages.viewer.map(({ type, data }) => [type, data.viewer, data.dwellMs])).toEqual([
      ['onlooker.viewer.entered.v1', 's1-1', 300],
      ['onlooker.viewer.left.v1', 's1-1', 4900 + 500 + 9200],
    ]);
    expect(rig.store.closed()).toMatchObject([{ uptimeMs: 9900 + 500 + 9200, splitByRestart: 0 }]);
  });

  it('is recorded with its header', () => {
    const rig = measurementRig();
    watchCommits(rig, film([visitor], { until: 200 }));
    rig.open({ session: 's2' });
    rig.play(film([visitor], { from: 200, until: 300 }));
    expect(rig.recorder.lines).toMatchObject([
      { session: 's1' },
      { at: 0 },
      { at: 100 },
      { session: 's2' },
      { at: 200 },
    ]);
  });
});

/** Plays the film and returns the instants of successful commits. */
function watchCommits(rig: MeasurementRig, observations: ReturnType<typeof film>): readonly number[] {
  rig.open();
  const at: number[] = [];
  for (const observation of observations) {
    const before = rig.store.commits.length;
    rig.play([observation]);
    if (rig.store.commits.length > before) at.push(observation.at);
  }
  return at;
}
