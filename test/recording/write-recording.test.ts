// A recording never overwrites a file, and its errors never reach the measurement.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRecording } from '../../src/recording/read-recording.ts';
import { RecordingError } from '../../src/recording/recording-error.ts';
import { createRecordingWriter } from '../../src/recording/write-recording.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { header, observation } from './observations.ts';

it('refuses to overwrite a file', () => {
  const path = join(tempFolder(), 'rec.jsonl');
  writeFileSync(path, 'precious');
  expect(() => createRecordingWriter(path, unexpected)).toThrow(/rec\.jsonl exists already and is never overwritten/);
  expect(readFileSync(path, 'utf8')).toBe('precious');
});

it('says how to fix it when the file cannot be created', () => {
  const path = join(tempFolder(), 'missing', 'rec.jsonl');
  expect(() => createRecordingWriter(path, unexpected)).toThrow(RecordingError);
  expect(() => createRecordingWriter(path, unexpected)).toThrow(expect.objectContaining({ exitCode: 74 }));
  expect(() => createRecordingWriter(path, unexpected)).toThrow(/ENOENT.*Choose a folder that exists/);
});

it('has created the file when it returns', async () => {
  const path = join(tempFolder(), 'rec.jsonl');
  const writer = createRecordingWriter(path, unexpected);
  expect(existsSync(path)).toBe(true);
  await writer.close();
  expect(statSync(path).size).toBe(0);
});

it('ignores what comes after closing', async () => {
  const path = join(tempFolder(), 'rec.jsonl');
  const writer = createRecordingWriter(path, unexpected);
  await writer.header(header);
  await writer.close();
  await writer.observation(observation(1));
  await writer.close();
  expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(header)}\n`);
});

it.skipIf(!canMount)('reports a full disk once and goes on dropping (needs root to mount one)', async () => {
  const path = join(tmpfs('64k').folder, 'rec.jsonl');
  const errors: RecordingError[] = [];
  const writer = createRecordingWriter(path, (error) => errors.push(error));
  await writer.header(header);
  for (let seq = 0; seq < 1000; seq += 1) {
    const written = writer.observation(observation(seq, 3));
    if (seq % 10 === 0) await written;
  }
  await writer.close();
  expect(errors.map((error) => error.message)).toEqual([expect.stringMatching(/rec\.jsonl stopped: ENOSPC/)]);

  const truncated: number[] = [];
  const { items } = await readRecording(path, (line) => truncated.push(line));
  let seq = 0;
  for await (const item of items) {
    expect(item).toEqual({ kind: 'observation', observation: observation(seq, 3) });
    seq += 1;
  }
  expect(seq).toBeGreaterThan(50);
  expect(truncated).toEqual([seq + 2]);
});

function unexpected(error: Error): never {
  throw error;
}
