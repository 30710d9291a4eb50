// Session ids: in order of time, safe in a topic and in a client id, and different for two runs.
import { expect, it } from 'vitest';
import { sessionId } from '../../src/daemon/session-id.ts';

const at = Date.UTC(2026, 2, 14, 9, 26);

it('is short and made of letters and digits', () => {
  for (const random of [0, 0.000_001, 0.5, 0.999_999_999]) expect(sessionId(at, random)).toMatch(/^[a-z0-9]{12}$/);
});

it('sorts by time, whatever chance says', () => {
  expect(sessionId(at, 0.99) < sessionId(at + 1, 0)).toBe(true);
});

it('differs between two runs of the same millisecond', () => {
  expect(sessionId(at, 0.1)).not.toBe(sessionId(at, 0.2));
});
