// The audience of a play as the daemon tells it: by the clock of the stream, as a message that keeps the contract.
import { expect, it } from 'vitest';
import { topics } from '../../../src/contract/topics.ts';
import { film, headerOf, walkPast } from '../../support/walk-past.ts';
import { housekeepingRig } from '../housekeeping-rig.ts';
import { measurementRig } from './measurement-rig.ts';

const FRAMES = film([walkPast({ from: 1000, until: 20_000, looksAt: [1000, 4000] })]);
const SPRING = { playId: 'p-1', content: 'spring-campaign' };

const framesBetween = (from: number, until: number) => FRAMES.filter(({ at }) => at >= from && at < until);

it('of a live camera is told a second after the end, between the moments at which the player spoke', () => {
  const rig = housekeepingRig();
  const { plays } = rig.measurement;
  const wallAt = rig.clock.wallNow();
  const told = rig.publisher.messages['play-audience'];
  rig.source.opened(rig.header());
  // Each frame comes 80 ms after its time; the last one before 2000 is that of 1900.
  rig.play(framesBetween(0, 1901), 80);
  rig.clock.advance(20);
  expect(plays.told({ ...SPRING, state: 'started' })).toBeNull();
  rig.play(framesBetween(1901, 5901), 80);
  rig.clock.advance(20);
  expect(plays.told({ ...SPRING, state: 'ended' })).toBeNull();
  rig.play(framesBetween(5901, 7000), 80);
  expect(told).toEqual([]);
  rig.play(framesBetween(7000, 7100), 80);
  expect(told.map((message) => topics['play-audience'].schema.parse(message))).toMatchObject([
    {
      id: 'local/lobby/play/s1/p-1',
      time: new Date(wallAt + 6000).toISOString(),
      data: {
        ...SPRING,
        startedAt: new Date(wallAt + 2000).toISOString(),
        endedAt: new Date(wallAt + 6000).toISOString(),
        uptimeSeconds: 4,
        personSeconds: 4,
        attentionSeconds: 2,
        present: 1,
        watchers: 1,
      },
    },
  ]);
});

it('is told in time when the camera is away, as unknown', () => {
  const rig = housekeepingRig();
  const { plays } = rig.measurement;
  rig.source.opened(rig.header());
  rig.source.away('absent', 'unplugged', 5000);
  plays.told({ ...SPRING, state: 'started' });
  rig.clock.advance(3000);
  plays.told({ ...SPRING, state: 'ended' });
  rig.clock.advance(4000);
  expect(rig.publisher.messages['play-audience']).toMatchObject([
    { data: { uptimeSeconds: 0, personSeconds: null, attentionSeconds: null, present: null, watchers: null } },
  ]);
});

it('of a recording counts on the time of the recording, and is told at its end at the latest', () => {
  const rig = measurementRig();
  const { plays } = rig.measurement;
  rig.open({ clock: 'media' });
  rig.clock.advance(1_000_000);
  rig.play(framesBetween(0, 2100));
  plays.told({ ...SPRING, state: 'started' });
  rig.play(framesBetween(2100, 3100));
  plays.told({ ...SPRING, state: 'ended' });
  rig.measurement.ended();
  expect(rig.publisher.messages['play-audience']).toMatchObject([
    { data: { uptimeSeconds: 1, personSeconds: 1, present: 1 } },
  ]);
});

it.each([
  ['a film', headerOf({ clock: 'media' }), 0],
  ['the recording of a camera', headerOf({ clock: 'monotonic', wallAtZero: headerOf().wallAtZero - 5e9 }), 5e9],
])('of %s that starts while the source is opened counts from its first frame', (_, header, uptimeMs) => {
  const rig = housekeepingRig();
  const { plays } = rig.measurement;
  rig.clock.advance(1_000_000);
  plays.told({ ...SPRING, state: 'started' });
  rig.clock.advance(3000);
  rig.source.opened(header);
  const frames = FRAMES.map((frame) => ({ ...frame, at: frame.at + uptimeMs }));
  rig.replay(frames.slice(0, 31));
  plays.told({ ...SPRING, state: 'ended' });
  rig.replay(frames.slice(31, 60));
  expect(rig.publisher.messages['play-audience']).toMatchObject([
    { data: { uptimeSeconds: 3, personSeconds: 2, attentionSeconds: 2, present: 1 } },
  ]);
  const [{ data } = { data: null }] = rig.publisher.messages['play-audience'];
  expect(Date.parse(data?.endedAt ?? '') - Date.parse(data?.startedAt ?? '')).toBe(6000);
});

it('of a film that ends before the first frame is told as unknown', () => {
  const rig = housekeepingRig();
  const { plays } = rig.measurement;
  rig.clock.advance(1_000_000);
  plays.told({ ...SPRING, state: 'started' });
  rig.clock.advance(3000);
  plays.told({ ...SPRING, state: 'ended' });
  rig.source.opened(headerOf({ clock: 'media' }));
  rig.replay(framesBetween(0, 2000));
  expect(rig.publisher.messages['play-audience']).toMatchObject([{ data: { uptimeSeconds: 0, personSeconds: null } }]);
});

it('is given up of a player that starts and never ends, which is told once an hour', () => {
  const { measurement, clock, log } = measurementRig();
  const start = (name: string, count: number) => {
    for (let index = 0; index < count; index += 1) {
      measurement.plays.told({ playId: `${name} ${index}`, content: 'spring', state: 'started' });
    }
  };
  start('first', 20);
  expect(log.lines()).toMatchObject([{ level: 'warn', fields: { forgotten: 1 } }]);
  clock.advance(3_599_999);
  start('second', 5);
  clock.advance(1);
  start('third', 1);
  expect(log.lines().slice(1)).toMatchObject([{ level: 'warn', fields: { forgotten: 9 } }]);
});

it('that is shown on when the daemon stops is no fault of its player', () => {
  const { measurement, log } = measurementRig();
  measurement.plays.told({ ...SPRING, state: 'started' });
  measurement.ended();
  expect(log.lines()).toEqual([]);
});

it('is not told of what never started: that is refused in words', () => {
  const { measurement } = measurementRig();
  expect(measurement.plays.told({ ...SPRING, state: 'ended' })).toMatch(/not told to start/);
});
