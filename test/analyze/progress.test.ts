// A bar on a terminal, and silence elsewhere.
import { expect, it } from 'vitest';
import { Progress, progressLine } from '../../src/analyze/progress.ts';
import { visibleLength } from '../../src/cli/terminal-text.ts';

const STEP = { ratio: 0.5, name: 'film.mp4', amount: '12 of 24' };

it('says how far it is and how long it will take', () => {
  expect(progressLine(STEP, 10_000, 80)).toBe('████████████             50 %  12 of 24, 10 s left  film.mp4');
});

it('has no bar for what has no end', () => {
  expect(progressLine({ ...STEP, ratio: null }, 61_000, 80)).toBe('12 of 24, 1 min 01 s  film.mp4');
});

it('fits the terminal', () => {
  expect(visibleLength(progressLine({ ...STEP, name: 'x'.repeat(200) }, 1000, 60))).toBe(59);
});

it('is drawn at most ten times a second, and wiped away for other lines', () => {
  const { output, written } = recorder(true);
  let now = 0;
  const progress = new Progress(output, () => now);
  progress.clear();
  expect(written).toEqual([]);
  progress.show(STEP);
  now = 50;
  progress.show(STEP);
  expect(written).toHaveLength(1);
  now = 150;
  progress.show(STEP);
  progress.clear();
  expect(written).toHaveLength(3);
  expect(written.at(-1)).toBe('\r\u001b[K');
});

it('writes nothing without a terminal', () => {
  const { output, written } = recorder(false);
  const progress = new Progress(output, () => 0);
  progress.show(STEP);
  progress.clear();
  expect(written).toEqual([]);
});

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { written, output: { isTTY, columns: 80, write: (text: string) => written.push(text) } };
}
