// Tests that the memory of the sensor does not grow with the frames it has seen.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { framesOf, runSensor } from '../../support/sensor-child.ts';
import { sensorOptions } from '../../support/sensor-options.ts';

const PHOTOGRAPH = fileURLToPath(
  new URL('../../../node_modules/@vladmandic/face-api/demo/sample6.jpg', import.meta.url),
);
const FRAMES = 400;
const PAGE_MEGABYTES = 4096 / 2 ** 20;

it('stays flat over some hundreds of frames with faces', async () => {
  const options = sensorOptions(320, 214, {
    detector: { farWidth: 192 },
    gate: { maxSkipMs: 0, maxEmptySkipMs: 0 },
  });
  const resident: number[] = [];
  const { observations } = await runSensor({
    options,
    capture: framesOf(PHOTOGRAPH, 320, 214, ['-loop', '1', '-t', `${FRAMES / 10}`]),
    seen: (message, child) => {
      if (message.kind !== 'observation') return;
      const pages = readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1];
      resident.push(Number(pages) * PAGE_MEGABYTES);
    },
  });
  expect(observations).toHaveLength(FRAMES);
  expect(observations.at(-1)?.faces).toHaveLength(4);
  const half = resident.slice(FRAMES / 2);
  const [first, last] = [mean(half.slice(0, 50)), mean(half.slice(-50))];
  expect(last - first).toBeLessThan(8);
  expect(last).toBeLessThan(300);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
