// The status is one human sentence.
import { expect, test } from 'vitest';
import { type StatusFacts, statusSentence } from '../../src/systemd/status.ts';

const FACTS: StatusFacts = {
  fps: 12.3,
  present: 3,
  broker: 'connected',
  queued: 0,
  camera: { kind: 'watching', trouble: null },
};

test.each<[string, Partial<StatusFacts>]>([
  ['12 fps, 3 present, broker connected, 0 queued', {}],
  ['12 fps, presence unknown, broker away, 7 queued', { present: null, broker: 'connecting', queued: 7 }],
  ['12 fps, 3 present, broker refuses us, 0 queued', { broker: 'refused' }],
  [
    '12 fps, 3 present, broker connected, listening whether another daemon has this screen, 0 queued',
    { broker: 'listening' },
  ],
  ['12 fps, 3 present, broker connected, silent because another daemon has this screen, 0 queued', { broker: 'quiet' }],
  ['3 present, broker connected, 0 queued', { fps: null }],
  [
    'the picture is dark, 12 fps, 3 present, broker connected, 0 queued',
    { camera: { kind: 'watching', trouble: 'the picture is dark' } },
  ],
  ['closed until 08:00, broker connected, 0 queued', { camera: { kind: 'resting', detail: 'closed until 08:00' } }],
  ['starting, broker connected, 0 queued', { camera: { kind: 'starting' } }],
  [
    'camera away (no such device), reconnecting in 5 s, broker connected, 0 queued',
    { camera: { kind: 'away', detail: 'no such\ndevice\n', retryMs: 4600 } },
  ],
])('%s', (expected, change) => {
  expect(statusSentence({ ...FACTS, ...change })).toBe(expected);
});
