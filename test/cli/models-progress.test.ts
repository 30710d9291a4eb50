// The progress of a pull is a bar on a terminal and a few lines elsewhere.
import { describe, expect, it } from 'vitest';
import { progressShown, sizeText, transferLine } from '../../src/cli/models-progress.ts';

const file = { name: 'age_net.caffemodel', bytes: 45_661_480, sha256: '0'.repeat(64) };
const MB = 1e6;

describe('a bar', () => {
  it('tells share, amount, speed and time left', () => {
    const line = transferLine({ file, beganAt: 0, beganWith: 10 * MB, received: 20 * MB }, 5000, 100);
    expect(line).toMatch(/^age_net\.caffemodel █+[▏▎▍▌▋▊▉]? +43 % {2}20\.0 MB of 45\.7 MB, 2\.0 MB\/s, 12 s left$/);
  });

  it.each([20, 40, 60, 80, 200])('fits into %i columns', (columns) => {
    const line = transferLine({ file, beganAt: 0, beganWith: 0, received: 20 * MB }, 5000, columns);
    expect([...line].length).toBeLessThan(columns);
  });

  it('claims no speed before there is one', () => {
    expect(transferLine({ file, beganAt: 0, beganWith: 0, received: 0 }, 0, 80)).not.toMatch(/left|NaN|Infinity/);
  });
});

describe('on a terminal', () => {
  it('the line is drawn again ten times a second at most, and cleared in the end', () => {
    const { texts, show, at } = shown({ isTTY: true, columns: 80 });
    show({ step: 'begun', file, from: 'https://models.example/age' });
    for (let ms = 0; ms < 1000; ms += 10) {
      at(ms);
      show({ step: 'received', file, bytes: ms * 10_000 });
    }
    show({ step: 'placed', file });
    expect(texts).toHaveLength(12);
    expect(texts.every((text) => text.startsWith('\r\u001b[K'))).toBe(true);
    expect(texts.at(-1)).toContain('age_net.caffemodel: ready\n');
  });
});

describe('elsewhere', () => {
  it('there is a line at every tenth, without a control character', () => {
    const { texts, show } = shown({});
    show({ step: 'begun', file, from: 'https://models.example:8443/age' });
    for (let bytes = 0; bytes < file.bytes; bytes += 10_000) show({ step: 'received', file, bytes });
    show({ step: 'trouble', file, from: 'https://models.example:8443/age', problem: 'sent nothing for 30 s' });
    show({ step: 'placed', file });
    expect(texts).toEqual([
      'age_net.caffemodel: 45.7 MB from models.example:8443\n',
      ...[10, 20, 30, 40, 50, 60, 70, 80, 90].map((percent) => `age_net.caffemodel: ${percent} %\n`),
      'age_net.caffemodel: models.example:8443 sent nothing for 30 s\n',
      'age_net.caffemodel: ready\n',
    ]);
  });
});

it.each([
  [0, '0 kB'],
  [12_482, '12 kB'],
  [45_661_480, '45.7 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

function shown(output: Readonly<{ isTTY?: boolean; columns?: number }>) {
  const texts: string[] = [];
  let nowMs = 0;
  return {
    texts,
    show: progressShown({ ...output, write: (text) => texts.push(text) }, () => nowMs),
    at: (ms: number) => {
      nowMs = ms;
    },
  };
}
