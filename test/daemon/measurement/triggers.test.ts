// Triggers as they are published: on every change, at every beat, with the age of what they rest on, and off when nothing is known.
import { describe, expect, it } from 'vitest';
import { topics } from '../../../src/contract/topics.ts';
import type { Observation } from '../../../src/observation/observation.ts';
import type { Rule, Targeting } from '../../../src/targeting/rules.ts';
import { film, type Shooting, walkPast } from '../../support/walk-past.ts';
import { atLeast, MEN, rule, WOMEN } from '../../targeting/audience.ts';
import { type MeasurementRig, measurementRig } from './measurement-rig.ts';

const visitor = (female: number, from: number, until = 60_000) =>
  walkPast({ from, until, looksAt: [from, until], classified: [{ at: from, gender: { female, male: 1 - female } }] });
const perfume: Rule = rule('perfume', atLeast(1, WOMEN), { afterMs: 500, releaseMs: 1000 });
const targeting: Omit<Targeting, 'staleAfterMs'> = {
  rules: [perfume, rule('razor', atLeast(1, MEN))],
  defaultTrigger: 'brand',
};

function rigged(shooting: Partial<Shooting> & { until: number }, woman = visitor(0.97, 1000)): MeasurementRig {
  const rig = measurementRig({}, targeting);
  rig.open();
  rig.play(film([woman], shooting));
  return rig;
}

const told = (rig: MeasurementRig, trigger: string) =>
  rig.publisher.messages.trigger.filter((message) => message.trigger === trigger);
const isOn = (rig: MeasurementRig) =>
  Object.fromEntries(['perfume', 'razor', 'brand'].map((name) => [name, told(rig, name).at(-1)?.on]));

describe('a change', () => {
  it('is published at once, of those that change and of no other', () => {
    const rig = rigged({ until: 5000 });
    const messages = rig.publisher.messages.trigger;
    expect(messages.map(({ trigger, on }) => [trigger, on])).toEqual([
      ['perfume', false],
      ['razor', false],
      ['brand', true],
      ['perfume', true],
      ['brand', false],
    ]);
    // A viewer from the third frame on, 300 ms after the first one, and then 500 ms by the rule.
    expect(told(rig, 'perfume').at(-1)).toEqual({
      session: 's1',
      seq: 1,
      at: '2026-03-14T09:26:01.800Z',
      ttlMs: 6000,
      ageMs: 0,
      trigger: 'perfume',
      on: true,
      since: '2026-03-14T09:26:01.800Z',
      reason: 'at least 1 woman: 1 of 1 present',
    });
    for (const message of messages) topics.trigger.schema.parse(message);
  });

  it('is decided by the time of the frames, so that a recording gives the same however fast it is played', () => {
    const fast = measurementRig({}, targeting);
    fast.open({ clock: 'media' });
    const frames: string[] = [];
    for (const observation of film([visitor(0.97, 1000)], { until: 3000 })) {
      const before = fast.publisher.messages.trigger.length;
      fast.measurement.observed(observation, null);
      if (fast.publisher.messages.trigger.length > before) frames.push(String(observation.at));
    }
    expect(frames).toEqual(['0', '1800']);
  });
});

describe('a beat', () => {
  it('repeats every trigger with its age, and since when it is so', () => {
    const rig = rigged({ until: 5000 });
    rig.clock.advance(2000);
    rig.measurement.beat();
    expect(rig.publisher.messages.trigger.slice(-3)).toMatchObject([
      { trigger: 'perfume', seq: 2, on: true, ageMs: 2000, since: '2026-03-14T09:26:01.800Z' },
      { trigger: 'razor', seq: 1, on: false, ageMs: 2000, since: '2026-03-14T09:26:00.000Z' },
      { trigger: 'brand', seq: 2, on: false, ageMs: 2000, reason: 'perfume is on' },
    ]);
  });

  it('turns to the default when no picture has come for half the time that players believe it', () => {
    const rig = rigged({ until: 5000 });
    rig.clock.advance(3000);
    rig.measurement.beat();
    expect(isOn(rig)).toEqual({ perfume: true, razor: false, brand: false });
    rig.clock.advance(200);
    rig.measurement.beat();
    expect(isOn(rig)).toEqual({ perfume: false, razor: false, brand: true });
    expect(told(rig, 'brand').at(-1)?.reason).toBe('nothing is known: the newest picture is 3.2 s old');
  });

  it('waits longer for a slow camera, but never longer than players do', () => {
    const rig = measurementRig({}, targeting);
    rig.open({ periodMs: 2000 });
    rig.play(film([visitor(0.97, 0)], { until: 6001, periodMs: 2000 }));
    expect(isOn(rig)['perfume']).toBe(true);
    rig.clock.advance(4900);
    rig.measurement.beat();
    expect(isOn(rig)['perfume']).toBe(true);
    rig.clock.advance(200);
    rig.measurement.beat();
    expect(isOn(rig)['perfume']).toBe(false);
  });

  it('before the first picture says that nothing is known', () => {
    const rig = measurementRig({}, targeting);
    rig.measurement.beat();
    expect(told(rig, 'brand')).toMatchObject([
      { on: true, ageMs: null, reason: 'nothing is known: health is starting' },
    ]);
    expect(told(rig, 'perfume')).toMatchObject([{ on: false, seq: 0 }]);
  });
});

describe('when the source does not see', () => {
  const ends: readonly (readonly [string, (rig: MeasurementRig) => void])[] = [
    ['reconnecting', ({ measurement }) => measurement.away('hung', 'no frame for 5 s')],
    ['closed', ({ measurement }) => measurement.resting('closed until 08:00')],
    ['starting', ({ measurement }) => measurement.starting()],
    ['ended', ({ measurement }) => measurement.ended()],
  ];

  it.each(ends)('the default is on at once: %s', (word, end) => {
    const rig = rigged({ until: 5000 });
    end(rig);
    expect(isOn(rig)).toEqual({ perfume: false, razor: false, brand: true });
    expect(told(rig, 'brand').at(-1)?.reason).toBe(`nothing is known: health is ${word}`);
  });

  it('a dark picture is no audience, and one in doubt is none for long', () => {
    expect(isOn(rigged({ until: 5000, cameraAt: (at) => (at < 4900 ? 'ok' : 'dark') }))['perfume']).toBe(false);
    const suspect = (from: number) => rigged({ until: 5000, cameraAt: (at) => (at < from ? 'ok' : 'suspect') });
    expect(isOn(suspect(4500))['perfume']).toBe(true);
    expect(isOn(suspect(3900))['perfume']).toBe(false);
  });

  it('a rule has to hold anew in the next stream, whose clock may begin anywhere', () => {
    const rig = rigged({ until: 5000 });
    rig.measurement.away('broken', 'gone');
    rig.clock.advance(10_000);
    rig.open({ clock: 'media' });
    const frames = film([{ ...visitor(0.97, 0), x: 500 }], { until: 2000 });
    const onIn = (some: readonly Observation[]) => {
      for (const observation of some) rig.measurement.observed(observation, null);
      return isOn(rig)['perfume'];
    };
    expect(onIn(frames.slice(0, 8))).toBe(false);
    expect(onIn(frames.slice(8))).toBe(true);
  });
});

describe('the time of day', () => {
  const between = (from: number, to: number) =>
    rule('hours', [{ kind: 'between', fromMinute: from * 60, toMinute: to * 60 }, atLeast(1)]);
  const visit = film([visitor(0.5, 0)], { until: 1000 });
  const elsewhen = Date.UTC(2026, 0, 5, 18, 30);

  it('is that of the recording', () => {
    const rig = measurementRig({}, { rules: [between(18, 19)], defaultTrigger: null });
    rig.open({ clock: 'media', wallAtZero: elsewhen });
    for (const observation of visit) rig.measurement.observed(observation, null);
    expect(told(rig, 'hours').at(-1)?.on).toBe(true);
  });

  it('is that of this machine for a camera, also after its clock was set', () => {
    const rig = measurementRig({}, { rules: [between(9, 10)], defaultTrigger: null });
    rig.open({ wallAtZero: elsewhen });
    const stages = { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 };
    for (const observation of visit) {
      rig.clock.advance(Math.max(0, observation.at - rig.clock.monotonicNow()));
      rig.measurement.observed(observation, { stages, sentAt: observation.at });
    }
    expect(told(rig, 'hours').at(-1)?.on).toBe(true);
  });
});
