// Tests the real sensor process on photographs: what it finds, how it begins, ends and fails.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { COPY } from '../../../src/models/repair.ts';
import { framesOf, runSensor } from '../../support/sensor-child.ts';
import { sensorOptions } from '../../support/sensor-options.ts';
import { sharedPath } from '../../support/shared.ts';

const PHOTOGRAPH = fileURLToPath(
  new URL('../../../node_modules/@vladmandic/face-api/demo/sample6.jpg', import.meta.url),
);
const LOBBY = sharedPath('films', 'lobby-composite.mp4');
const folder = mkdtempSync(join(tmpdir(), 'onlooker-sensor-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('sensor', () => {
  it('finds the four women of a photograph, follows them and looks at them', async () => {
    const options = sensorOptions(640, 426, { detector: { farWidth: 416 } });
    const { messages, observations, exitCode, stderr } = await runSensor({ options, capture: photograph(640, 426, 8) });
    expect(stderr).toBe('');
    expect(messages[0]).toEqual({ kind: 'ready' });
    expect(messages.at(-1)).toEqual({ kind: 'ended', frames: 8 });
    expect(exitCode).toBe(0);
    expect(observations.map(({ at }) => at)).toEqual([0, 100, 200, 300, 400, 500, 600, 700]);
    for (const { faces } of observations) expect(faces.map(({ track }) => track).sort()).toEqual([1, 2, 3, 4]);
    const checks = observations.flatMap(({ faces }) => faces.flatMap(({ zoom }) => zoom ?? []));
    expect(checks).toHaveLength(12);
    expect(Math.min(...checks)).toBeGreaterThan(0.5);
    const looks = observations.flatMap((observation) => observation.looks);
    expect(looks).toHaveLength(4);
    for (const { gender, age, quality } of looks) {
      expect(gender?.female).toBeGreaterThan(0.8);
      expect(age).toMatchObject({ kind: 'normal', meanYears: expect.any(Number) });
      expect(quality).toBeGreaterThan(0.5);
    }
  });

  it('reads frames whose rows are padded', async () => {
    const options = sensorOptions(600, 400);
    const padded = { ...options, frame: { ...options.frame, strideBytes: 640 } };
    const capture = framesOf(PHOTOGRAPH, 600, 400, ['-loop', '1', '-t', '0.3']).map((argument) =>
      argument.startsWith('fps') ? `${argument},pad=640:400:0:0:white` : argument,
    );
    const { observations } = await runSensor({ options: padded, capture });
    expect(observations.map(({ faces }) => faces.length)).toEqual([4, 4, 4]);
    const right = Math.max(...observations.flatMap(({ faces }) => faces.map(({ box }) => box.x + box.width)));
    expect(right).toBeLessThan(600);
  });

  it('counts without a classifier', async () => {
    const options = sensorOptions(640, 426, { pack: { ...sensorOptions(640, 426).pack, pack: 'count-only' } });
    const { messages, observations } = await runSensor({ options, capture: photograph(640, 426, 6) });
    expect(messages[0]).toEqual({ kind: 'ready' });
    expect(observations.flatMap(({ looks }) => looks)).toEqual([]);
    expect(observations.at(-1)?.faces).toHaveLength(4);
  });

  it('drops a frame that is cut short by the end', async () => {
    const bytes = join(folder, 'frames');
    writeFileSync(bytes, Buffer.alloc(2.5 * 64 * 64 * 1.5, 128));
    const { messages } = await runSensor({ options: sensorOptions(64, 64), capture: ['cat', bytes] });
    expect(messages.at(-1)).toEqual({ kind: 'ended', frames: 2 });
  });

  it('ends with no frame when there is none', async () => {
    const { messages, exitCode } = await runSensor({ options: sensorOptions(64, 64), capture: ['true'] });
    expect(messages.at(-1)).toEqual({ kind: 'ended', frames: 0 });
    expect(exitCode).toBe(0);
  });

  it('holds a file back when nothing is acknowledged', async () => {
    const options = sensorOptions(64, 64, { detector: { farWidth: 64 } });
    const seqs: number[] = [];
    const { observations } = await runSensor({
      options,
      capture: ['head', '-c', `${100 * 64 * 64 * 1.5}`, '/dev/zero'],
      acknowledges: false,
      seen: (message, child) => {
        if (message.kind === 'observation') seqs.push(message.observation.seq);
        if (seqs.length === 32) child.disconnect();
      },
    });
    expect(observations).toHaveLength(32);
  });

  it.each([
    ['is missing', () => rmSync(join(folder, 'full-range.onnx'))],
    ['bytes instead of', () => truncateSync(join(folder, 'full-range.onnx'), 1000)],
    ['SHA-256', () => spoil(join(folder, 'full-range.onnx'))],
  ])('fails when a model %s, naming the remedy', async (problem, damage) => {
    const whole = sensorOptions(64, 64);
    for (const name of ['full-range.onnx', 'faceres.prototxt', 'faceres.caffemodel']) {
      copyFileSync(join(whole.pack.folder, name), join(folder, name));
    }
    damage();
    const { messages, exitCode } = await runSensor({
      options: { ...whole, pack: { ...whole.pack, folder } },
      capture: null,
    });
    expect(messages).toMatchObject([{ kind: 'failed', code: 'model' }]);
    expect(messages[0]).toHaveProperty('message', expect.stringContaining(problem));
    expect(messages[0]).toHaveProperty('message', expect.stringContaining(COPY));
    expect(exitCode).toBe(66);
  });

  it.skipIf(LOBBY === null)('tells the man from the woman in the lobby (shared films)', async () => {
    const options = sensorOptions(640, 360);
    const capture = framesOf(LOBBY ?? '', 640, 360, ['-t', '9']);
    const { observations } = await runSensor({ options, capture });
    const male = new Map<number, number>();
    for (const { faces, looks } of observations) {
      for (const { face, gender } of looks) male.set(faces[face]?.track ?? -1, gender?.male ?? 0.5);
    }
    expect([...male.values()].map((share) => (share > 0.9 ? 'male' : share < 0.1 ? 'female' : 'unsure'))).toEqual([
      'male',
      'female',
    ]);
  });
});

function photograph(width: number, height: number, count: number): readonly string[] {
  return framesOf(PHOTOGRAPH, width, height, ['-loop', '1', '-t', `${count / 10}`]);
}

function spoil(path: string): void {
  const bytes = readFileSync(path);
  bytes[5000] = (bytes[5000] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
