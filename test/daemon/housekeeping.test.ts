// The house is kept: systemd is answered truthfully, states are repeated, health is told, time passes without frames.
import { describe, expect, it } from 'vitest';
import { film, walkPast } from '../support/walk-past.ts';
import { housekeepingRig } from './housekeeping-rig.ts';

const visitor = walkPast({ from: 0, until: 60_000 });

describe('READY', () => {
  it('is told with the first observation, once', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    expect(rig.notified).toEqual([]);
    rig.play(film([], { until: 3000 }));
    expect(rig.notified.filter((word) => word !== 'progressed')).toEqual(['ready']);
  });

  it('is told when it is known that the camera is away', () => {
    const rig = housekeepingRig();
    rig.source.away('broken', 'capture ended with code 1', 1000);
    expect(rig.notified).toEqual(['ready']);
  });
});

describe('the watchdog', () => {
  it('is fed by each observation', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.play(film([], { until: 1000 }));
    expect(rig.notified.filter((word) => word === 'progressed')).toHaveLength(10);
  });

  it('is not fed while frames are believed to come and do not, but while the first one is waited for', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    expect(rig.fedIn(30_000)).toBe(30);
    rig.play(film([], { from: 30_000, until: 31_000 }));
    expect(rig.fedIn(3_600_000)).toBe(0);
  });

  it('is fed once in a second while the camera is known to be away, until frames should come again', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.play(film([], { until: 1000 }));
    rig.source.away('broken', 'no frame for 5 s', 60_000);
    expect(rig.fedIn(60_000)).toBe(60);
    rig.source.opened(rig.header());
    rig.play(film([], { from: rig.clock.monotonicNow(), until: rig.clock.monotonicNow() + 100 }));
    expect(rig.fedIn(60_000)).toBe(0);
  });
});

describe('a camera that is away from the start', () => {
  it('writes its minutes as unknown', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.source.away('broken', 'No such device', 60_000);
    rig.clock.advance(190_000);
    expect(rig.store.closed().map(({ uptimeMs, cells }) => [uptimeMs, cells])).toEqual([
      [0, []],
      [0, []],
      [0, []],
    ]);
  });
});

describe('the status', () => {
  it('is a sentence about now', () => {
    const rig = housekeepingRig();
    rig.clock.advance(1000);
    rig.source.opened(rig.header());
    rig.play(film([walkPast({ from: 1000, until: 9000 })], { from: 1000, until: 4050 }));
    rig.broker.state = 'connecting';
    rig.source.away('broken', 'no frame\nfor 5 s', 5000);
    rig.clock.advance(2000);
    expect([rig.statuses[0], rig.statuses[2], rig.statuses.at(-1)]).toEqual([
      'starting, broker connected, 7 queued',
      '10 fps, 1 present, broker connected, 7 queued',
      'camera away (no frame for 5 s), reconnecting in 3 s, broker away, 7 queued',
    ]);
  });
});

describe('messages', () => {
  it('repeat the state three times in its time to live', () => {
    const rig = housekeepingRig();
    rig.clock.advance(60_000);
    expect(rig.publisher.messages.now).toHaveLength(30);
  });

  it('tell how the numbers come about with each stream', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header({ periodMs: 500, source: 'camera video0' }));
    expect(rig.publisher.messages.info).toMatchObject([
      {
        source: 'camera video0',
        measurement: { framePeriodMs: 500, maxIntervalMs: 1250, maxGapMs: 1250 },
        privacy: { mode: 'count-only' },
      },
    ]);
  });

  it('tell health when it changes and every ten seconds', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.play(film([], { until: 4000, cameraAt: (at) => (at < 2000 ? 'ok' : 'dark') }));
    rig.source.away('broken', 'no frame for 5 s', 60_000);
    rig.clock.advance(26_000);
    expect(rig.publisher.messages.health).toMatchObject([
      { health: 'ok', detail: null, frameAgeMs: 0, outboxDepth: 7, liveMessagesDropped: 4, restarts: 0 },
      { health: 'dark', detail: 'the picture is dark', framesPerSecond: 10, luma: 120 },
      { health: 'reconnecting', detail: 'no frame for 5 s', framesPerSecond: null, luma: null, restarts: 1 },
      { health: 'reconnecting', frameAgeMs: 6100 },
      { health: 'reconnecting', frameAgeMs: 16_100 },
    ]);
  });

  it('tell an alert when it begins and when the camera has been well for a while', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.play(film([], { until: 20_000, cameraAt: (at) => (at < 2000 || at >= 4000 ? 'ok' : 'covered') }));
    expect(rig.publisher.messages.alert).toMatchObject([
      { alert: 'covered', on: true, since: '2026-03-14T09:26:02.000Z', until: null, detail: 'the picture is covered' },
      { alert: 'covered', on: false, since: '2026-03-14T09:26:02.000Z', until: '2026-03-14T09:26:09.000Z' },
    ]);
  });

  it('call an absent camera by its fault, also while it is tried again', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.source.away('absent', 'No such device', 1000);
    rig.source.away('absent', 'No such device', 2000);
    expect(rig.publisher.messages.alert).toMatchObject([{ alert: 'absent', on: true, detail: 'No such device' }]);
    expect(rig.publisher.messages.health.at(-1)).toMatchObject({ health: 'reconnecting', fault: 'absent' });
  });

  it('say that the screen is closed, which is no fault, and feed the watchdog meanwhile', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.source.away('absent', 'No such device', 1000);
    rig.source.resting('closed until 08:00');
    expect(rig.publisher.messages.alert.map(({ on }) => on)).toEqual([true, false]);
    expect(rig.publisher.messages.now.at(-1)).toMatchObject({ health: 'closed', present: null });
    expect(rig.fedIn(10_000)).toBe(10);
    expect(rig.statuses.at(-1)).toBe('closed until 08:00, broker connected, 7 queued');
  });

  it('date posters by the wall clock', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    const poster = walkPast({ from: 0, until: 131_000, changeRatioAt: () => 0 });
    rig.play(film([poster], { until: 131_000 }));
    expect(rig.publisher.messages.health.at(-1)?.staticExcluded).toEqual([
      { at: '2026-03-14T09:28:00.100Z', viewer: 's1-1' },
    ]);
  });
});

describe('time without frames', () => {
  it('lets viewers go and closes periods, though the source says nothing', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.play(film([visitor], { until: 10_000 }));
    rig.clock.advance(120_000);
    expect(rig.publisher.messages.viewer.at(-1)).toMatchObject({ data: { reason: 'gone', dwellMs: 10_400 } });
    expect(rig.store.closed()).toMatchObject([{ uptimeMs: 10_400 }, { uptimeMs: 0 }]);
  });

  it('passes only as far as no observation can still be under way', () => {
    const late = housekeepingRig();
    late.source.opened(late.header());
    late.play(film([visitor], { until: 59_000 }), 900);
    late.source.ended();
    const prompt = housekeepingRig();
    prompt.source.opened(prompt.header());
    prompt.play(film([visitor], { until: 59_000 }));
    prompt.source.ended();
    expect(late.store.commits).toEqual(prompt.store.commits);
  });

  it('does not pass for a film, whose clock stands still', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header({ clock: 'media' }));
    rig.play(film([visitor], { until: 10_000 }));
    rig.clock.advance(120_000);
    expect(rig.publisher.messages.viewer).toHaveLength(1);
  });

  it('does not pass for a recording, whose clock was another', () => {
    const rig = housekeepingRig();
    rig.clock.advance(3_600_000);
    rig.source.opened(rig.header());
    rig.replay(film([visitor], { until: 10_000 }));
    rig.clock.advance(10_000);
    rig.replay(film([visitor], { from: 10_000, until: 20_000 }));
    expect(rig.publisher.messages.viewer).toHaveLength(1);
    expect(rig.store.closed()).toEqual([]);
  });
});

describe('the outbox', () => {
  it('is trimmed once a minute to what the configuration allows', () => {
    const rig = housekeepingRig();
    rig.clock.advance(60_000);
    rig.outbox.lost = 3;
    rig.clock.advance(60_000);
    const bounds = { maxAgeMs: 30 * 86_400_000, maxRows: 100_000, maxBytes: 64e6 };
    expect(rig.outbox.bounds).toEqual([bounds, bounds]);
    expect(rig.log.lines()).toMatchObject([
      { level: 'error', fields: { lost: 3 } },
      { message: 'alert', fields: { alert: 'outbox' } },
    ]);
    rig.clock.advance(10_000);
    expect(rig.publisher.messages.health.at(-1)).toMatchObject({ rollupsLost: 3 });
  });

  it('is not what keeps the database small: what is old enough is deleted every ten minutes', () => {
    const rig = housekeepingRig();
    rig.clock.advance(1_200_000);
    const days = { minutes: 90, longer: 400 };
    expect(rig.deletions).toEqual([days, days]);
  });
});

describe('the end', () => {
  it('of the source ends the measurement and settles the run', () => {
    const rig = housekeepingRig();
    rig.source.opened(rig.header());
    rig.play(film([visitor], { until: 2000 }));
    rig.source.ended();
    expect(rig.settled).toEqual(['ended']);
    expect(rig.publisher.messages.now.at(-1)).toMatchObject({ health: 'ended' });
    expect(rig.store.closed()).toHaveLength(1);
  });

  it('of a source that fails is an error of the run', () => {
    const rig = housekeepingRig();
    rig.source.failed(new Error('film a.mp4 broke off'));
    expect(rig.settled).toEqual([new Error('film a.mp4 broke off')]);
  });

  it('leaves no timer behind', () => {
    const rig = housekeepingRig();
    rig.housekeeping.stop();
    expect(rig.clock.waiting()).toBe(0);
  });
});
