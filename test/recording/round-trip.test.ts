// What is written is read again, and writing what was read gives the same bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RecordingItem, readRecording } from '../../src/recording/read-recording.ts';
import { createRecordingWriter } from '../../src/recording/write-recording.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { anyHeader, anyObservation, header, observation } from './observations.ts';

const anyItem: fc.Arbitrary<RecordingItem> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('header' as const), header: anyHeader }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('observation' as const), observation: anyObservation }) },
);

it('reads what was written, and writes the same bytes again', async () => {
  const folder = tempFolder();
  let number = 0;
  await fc.assert(
    fc.asyncProperty(anyHeader, fc.array(anyItem, { maxLength: 12 }), async (first, rest) => {
      number += 1;
      const written: readonly RecordingItem[] = [{ kind: 'header', header: first }, ...rest];
      const path = await write(join(folder, `${number}.jsonl`), written);
      const read = await readAll(path);
      expect(read).toEqual(written);
      const again = await write(join(folder, `${number}-again.jsonl`), read);
      expect(readFileSync(again)).toEqual(readFileSync(path));
    }),
    { numRuns: 50 },
  );
});

it('writes the same bytes whatever the order of the keys was', async () => {
  const folder = tempFolder();
  const { at, ...others } = observation(1, 2);
  const one = await write(join(folder, 'one.jsonl'), [{ kind: 'observation', observation: { at, ...others } }]);
  const two = await write(join(folder, 'two.jsonl'), [{ kind: 'observation', observation: { ...others, at } }]);
  expect(readFileSync(two)).toEqual(readFileSync(one));
});

it('keeps the order of many observations, awaited or not', async () => {
  const path = join(tempFolder(), 'many.jsonl');
  const writer = createRecordingWriter(path, fail);
  void writer.header(header);
  for (let seq = 0; seq < 5000; seq += 1) {
    const written = writer.observation(observation(seq, 3));
    if (seq % 100 === 0) await written;
  }
  await writer.close();
  const read = (await readAll(path)).map((item) => (item.kind === 'observation' ? item.observation.seq : 'header'));
  expect(read).toEqual(['header', ...Array.from({ length: 5000 }, (_, seq) => seq)]);
});

async function write(path: string, items: readonly RecordingItem[]): Promise<string> {
  const writer = createRecordingWriter(path, fail);
  for (const item of items) {
    await (item.kind === 'header' ? writer.header(item.header) : writer.observation(item.observation));
  }
  await writer.close();
  return path;
}

async function readAll(path: string): Promise<readonly RecordingItem[]> {
  const recording = await readRecording(path, (line) => fail(new Error(`line ${line} is truncated`)));
  const items: RecordingItem[] = [{ kind: 'header', header: recording.header }];
  for await (const item of recording.items) items.push(item);
  return items;
}

function fail(error: Error): never {
  throw error;
}
