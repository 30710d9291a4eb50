// A recording that is broken is refused with file, line and reason; one that a power cut ended is read.
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRecording } from '../../src/recording/read-recording.ts';
import { RecordingError } from '../../src/recording/recording-error.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { header, observation } from './observations.ts';

it('reads a header in the middle, where a new stream begins', async () => {
  const { kinds } = await read(lines(header, observation(1), { ...header, session: 'second' }, observation(2)));
  expect(kinds).toEqual(['header', 'observation', 'header', 'observation']);
});

it('reads a last line that only lacks its line feed', async () => {
  const { kinds, truncated } = await read(lines(header, observation(1)).slice(0, -1));
  expect(kinds).toEqual(['header', 'observation']);
  expect(truncated).toEqual([]);
});

it.each([
  ['in the middle of a value', lines(observation(2)).slice(0, 40)],
  ['as zeros, as some file systems leave it', '\0\0\0\0'],
])('leaves out and reports a last line that a power cut left %s', async (_, rest) => {
  const { kinds, truncated } = await read(lines(header, observation(1)) + rest);
  expect(kinds).toEqual(['header', 'observation']);
  expect(truncated).toEqual([3]);
});

it.each([
  ['empty', '', /rec\.jsonl holds no complete line/],
  ['cut within its header', lines(header).slice(0, 30), /holds no complete line/],
  ['something else', 'GIF89a\n', /rec\.jsonl:1: not JSON .*It is not a recording/],
  ['something else without lines', 'x'.repeat(3_000_000), /rec\.jsonl:1: not JSON/],
  ['of another version', lines({ ...header, version: 2 }), /rec\.jsonl:1: recording version 2, .*reads version 1/],
  ['without a header', lines(observation(1)), /rec\.jsonl:1: a recording begins with a header/],
  [
    'something else of lines, such as a truth',
    lines({ kind: 'minute', from: '2026-03-14T09:26:00.000Z' }),
    /rec\.jsonl:1: a recording begins with a header, and this line is none\. It is not a recording: choose another file/,
  ],
  [
    'with a broken header',
    lines({ ...header, frame: { width: 0, height: 480 } }),
    /rec\.jsonl:1: frame\.width: must be more than 0 \(got 0\)/,
  ],
  ['broken in the middle', `${lines(header)}{"at":\n${lines(observation(2))}`, /rec\.jsonl:2: not JSON .*Remove/],
  ['with an empty line', `${lines(header)}\n${lines(observation(2))}`, /rec\.jsonl:2: not JSON/],
  ['not made of objects', `${lines(header)}7\n`, /rec\.jsonl:2: must be a map of keys and values \(got 7\)/],
  [
    'with an impossible face',
    lines(header, observation(1), withConfidence(1.5), observation(3)),
    /rec\.jsonl:3: faces\[0\]\.confidence: must be at most 1 \(got 1\.5\)/,
  ],
])('refuses a file that is %s', async (_, content, message) => {
  const refused = read(content);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toBeInstanceOf(RecordingError);
});

it('names a file that is missing', async () => {
  const missing = readRecording(join(tempFolder(), 'rec.jsonl'), ignore);
  await expect(missing).rejects.toThrow(/rec\.jsonl: ENOENT.*Check the path/);
  await expect(missing).rejects.toMatchObject({ exitCode: 66 });
});

it('yields observations before it has read the end', async () => {
  const path = join(tempFolder(), 'rec.jsonl');
  writeFileSync(path, lines(header, ...Array.from({ length: 2000 }, (_, seq) => observation(seq, 3))));
  const { items } = await readRecording(path, ignore);
  appendFileSync(path, 'broken\n');
  for await (const item of items) {
    expect(item).toEqual({ kind: 'observation', observation: observation(0, 3) });
    break;
  }
});

async function read(content: string): Promise<{ kinds: readonly string[]; truncated: readonly number[] }> {
  const path = join(tempFolder(), 'rec.jsonl');
  writeFileSync(path, content);
  const truncated: number[] = [];
  const recording = await readRecording(path, (line) => truncated.push(line));
  const kinds = ['header'];
  for await (const item of recording.items) kinds.push(item.kind);
  return { kinds, truncated };
}

function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function withConfidence(confidence: number) {
  const { faces, ...rest } = observation(2, 1);
  return { ...rest, faces: faces.map((face) => ({ ...face, confidence })) };
}

function ignore(): void {
  // The tests that use it are not about truncated lines.
}
