// What is wrong with a request is said in words that name the field, what would be right, and what was sent.
import { describe, expect, it } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import { problemText, requestProblems } from '../../src/contract/problems.ts';
import { INBOUND_TOPICS, topics } from '../../src/contract/topics.ts';

const INSTANT = 'must be a date and time as in 2026-03-14T09:26:00Z or 2026-03-14T10:26:00+01:00';
const WORD = 'must be text of 1 to 128 characters that can be printed';

describe('a request', () => {
  it.each([
    ['play', 7, 'must be one JSON object, as docs/mqtt.md shows (got 7)'],
    ['play', { ...examples.play, playId: '' }, `playId: ${WORD} (got "")`],
    ['play', { ...examples.play, playId: 'x'.repeat(129) }, `playId: ${WORD} (got "${'x'.repeat(79)}…)`],
    ['play', { ...examples.play, content: 'a\u0007' }, `content: ${WORD} (got "a\\u0007")`],
    ['play', { ...examples.play, state: 'paused' }, 'state: must be started or ended (got "paused")'],
    ['replay', { ...examples.replay, period: '5m' }, 'period: must be one of 1m, 15m, 1h, 1d (got "5m")'],
    [
      'replay',
      { ...examples.replay, from: 'yesterday', to: 0 },
      `from: ${INSTANT} (got "yesterday"); to: ${INSTANT} (got 0)`,
    ],
    [
      'play',
      {},
      `playId: ${WORD} (got nothing); content: ${WORD} (got nothing); state: must be started or ended (got nothing)`,
    ],
  ] as const)('%s that is none is answered in words', (name, raw, words) => {
    expect(problemsOf(name, raw)).toBe(words);
  });

  it.each(INBOUND_TOPICS)('%s of a later version, with a field more, is understood', (name) => {
    expect(topics[name].schema.parse({ ...examples[name], more: 1 })).toEqual(examples[name]);
  });

  it('is told of no longer than a line, with a sign where it is cut', () => {
    const nonsense = {
      requestId: 'y'.repeat(500),
      period: 'z'.repeat(500),
      from: 'x'.repeat(500),
      to: 'w'.repeat(500),
    };
    const words = problemsOf('replay', nonsense);
    expect(words).toHaveLength(401);
    expect(words.endsWith('…')).toBe(true);
  });
});

it('shows no password, and takes no time for what looks like a thousand of them', () => {
  expect(problemText(['url'], 'must be short', 'mqtt://me:secret@here/?token=secret')).not.toContain('secret');
  const from = performance.now();
  problemText(['content'], 'must be short', '://'.repeat(20_000));
  expect(performance.now() - from).toBeLessThan(100);
});

function problemsOf(name: 'play' | 'replay', raw: unknown): string {
  const { error } = topics[name].schema.safeParse(raw);
  if (error === undefined) throw new Error('it is a request');
  return requestProblems(error, raw);
}
