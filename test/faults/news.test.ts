// Until when a consumer of the kill matrix believed what one daemon told.
import { expect, it } from 'vitest';
import { endOfNews } from './news.ts';
import type { Belief } from './reference-consumer.ts';

const FAULT_AT = 150;

it('lasts until the first moment without any, of whatever topic', () => {
  const beliefs = [told('now', 100, 200), told('trigger', 180, 260), told('now', 300, 400)];
  expect(endOfNews(beliefs, 'first', FAULT_AT)).toBe(260);
});

it('was over at once where nobody believed anything', () => {
  expect(endOfNews([told('now', 0, 100)], 'first', FAULT_AT)).toBe(FAULT_AT);
});

it('does not count what makes no difference', () => {
  expect(endOfNews([{ ...told('now', 100, 200), isNews: false }], 'first', FAULT_AT)).toBe(FAULT_AT);
});

it('ends where another daemon is believed in the same millisecond', () => {
  const beliefs = [told('now', 100, 200), { ...told('now', 200, 900), session: 'second' }];
  expect(endOfNews(beliefs, 'first', FAULT_AT)).toBe(200);
});

function told(topic: string, from: number, until: number): Belief {
  return { topic, session: 'first', isNews: true, from, until, trueUntil: until };
}
