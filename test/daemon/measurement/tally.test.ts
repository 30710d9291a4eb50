// Counts over a whole run.
import { expect, it } from 'vitest';
import type { AudienceEvent, LeaveReason } from '../../../src/audience/viewer.ts';
import { Tally } from '../../../src/daemon/measurement/tally.ts';
import { film, walkPast } from '../../support/walk-past.ts';

it('counts looks and zoom checks frame by frame', () => {
  const tally = new Tally();
  const person = walkPast({ from: 0, until: 1000, zoomAt: (at) => (at < 300 ? 0.9 : null), classified: [{ at: 500 }] });
  for (const observation of film([person], { until: 1000 })) tally.frame(observation);
  expect([tally.looks, tally.zoomChecks]).toEqual([1, 3]);
});

it('counts viewers when they enter, and their time when they leave', () => {
  const tally = new Tally();
  tally.events([entered(1), entered(2)], 1_000_000);
  expect([tally.viewers, tally.left, tally.personMs]).toEqual([2, 0, 0]);
  tally.events([left(1, 'gone'), { ...entered(2), kind: 'described' }], 1_000_000);
  expect([tally.viewers, tally.left, tally.personMs, tally.attentionMs]).toEqual([2, 1, 3000, 1000]);
});

it('dates the latest posters', () => {
  const tally = new Tally();
  for (let index = 1; index <= 25; index += 1) tally.events([left(index, 'static')], 1_000_000);
  expect(tally.staticExcluded).toHaveLength(20);
  expect(tally.staticExcluded.at(-1)).toEqual({ at: 1_025_000, viewer: 's1-25' });
});

it('keeps the latest events, oldest first, however many come', () => {
  const tally = new Tally();
  for (let index = 1; index <= 30; index += 1) tally.events([entered(index)], 1_000_000);
  expect(tally.latest.map(({ viewer }) => viewer.id)).toEqual([23, 24, 25, 26, 27, 28, 29, 30].map((id) => `s1-${id}`));
});

function entered(id: number): AudienceEvent {
  return { kind: 'entered', at: id * 1000, viewer: viewer(id) };
}

function left(id: number, reason: LeaveReason): AudienceEvent {
  return { kind: 'left', at: id * 1000, viewer: viewer(id), reason };
}

function viewer(id: number): AudienceEvent['viewer'] {
  const measured = { dwellMs: 3000, attentionMs: 1000, glances: 1, age: null, gender: null };
  return { id: `s1-${id}`, enteredAt: 0, leftAt: null, ...measured };
}
