// Messages on the inbound topics that nobody in his right mind would send, and a few that look right and are not.
import fc from 'fast-check';
import { examples } from '../../src/contract/examples.ts';
import { prefix } from '../mqtt/rig.ts';

export type BadMessage = Readonly<{
  topic: string;
  payload: Uint8Array;
  retain: boolean;
  /** Whether it is to be refused; what is understood must do no harm either. */
  isRefused: boolean;
}>;

const REQUESTS = { replay: examples.replay, play: { ...examples.play, state: 'started' } };
const STATES = {
  availability: { ...examples.availability, state: 'offline', session: 'another' },
  'alert/covered': { ...examples.alert, session: 'another' },
  now: { ...examples.now, session: 'another' },
};
const VALID: Readonly<Record<string, object>> = { ...REQUESTS, ...STATES };

const topicEnd = fc.constantFrom(...Object.keys(VALID));

const bytes = fc.uint8Array({ maxLength: 400 });
const text = fc.string({ maxLength: 400 }).map(bytesOf);
const json = fc.json({ maxDepth: 8 }).map(bytesOf);
const large = fc.integer({ min: 65_535, max: 120_000 }).map((length) => bytesOf(JSON.stringify('x'.repeat(length))));
const deep = fc
  .record({ depth: fc.integer({ min: 17, max: 30_000 }), isClosed: fc.boolean() })
  .map(({ depth, isClosed }) => bytesOf('['.repeat(depth) + (isClosed ? ']'.repeat(depth) : '')));
const malformed = fc.oneof(bytes, text, json, large, deep);

const incomplete = topicEnd.chain((end) =>
  fc.constantFrom(...Object.keys(VALID[end] ?? {})).map((field) => ({
    end,
    payload: bytesOf(JSON.stringify({ ...VALID[end], [field]: undefined })),
    isRefused: true,
  })),
);
const endless = fc.uuid().map((playId) => ({
  end: 'play',
  payload: bytesOf(JSON.stringify({ ...examples.play, playId, state: 'ended' })),
  isRefused: true,
}));
const ofLaterVersion = topicEnd.map((end) => ({
  end,
  payload: bytesOf(JSON.stringify({ ...VALID[end], version: 2 })),
  isRefused: false,
}));
const replayed = topicEnd.map((end) => ({ end, payload: bytesOf(JSON.stringify(VALID[end])), isRefused: false }));

export const badMessage: fc.Arbitrary<BadMessage> = fc
  .record({
    content: fc.oneof(
      { arbitrary: fc.record({ end: topicEnd, payload: malformed, isRefused: fc.constant(true) }), weight: 5 },
      { arbitrary: incomplete, weight: 2 },
      endless,
      ofLaterVersion,
      replayed,
    ),
    retain: fc.boolean(),
  })
  .map(({ content: { end, ...content }, retain }) => ({ topic: `${prefix}/${end}`, retain, ...content }));

function bytesOf(words: string): Uint8Array {
  return Buffer.from(words);
}
