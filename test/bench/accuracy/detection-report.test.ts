// Checks that the tables state every figure beside what it belongs to.
import { expect, it } from 'vitest';
import type { DetectionFigures } from './detection-figures.ts';
import { detectionReport } from './detection-report.ts';
import { shareOf } from './statistics.ts';

const figures: DetectionFigures = {
  widths: [
    { widthPx: 14, faces: 50 },
    { widthPx: 90, faces: 40 },
  ],
  films: [
    { name: 'people-detection.preview', frames: 20 },
    { name: 'one-by-one-person-detection', frames: 80 },
  ],
  detectors: [
    {
      net: 'near',
      farWidth: 320,
      startConfidence: 0.5,
      recall: [
        { found: shareOf(25, 50), confirmed: shareOf(20, 50) },
        { found: shareOf(40, 40), confirmed: shareOf(36, 40) },
      ],
      falseBoxes: [
        { found: 5, confirmed: 1 },
        { found: 8, confirmed: 0 },
      ],
      frameMs: 17.2,
      checkMs: 4.9,
    },
    {
      net: 'plain',
      farWidth: 640,
      startConfidence: 0.8,
      recall: [shareOf(1, 50), shareOf(2, 40)].map((found) => ({ found, confirmed: null })),
      falseBoxes: [0, 2].map((found) => ({ found, confirmed: null })),
      frameMs: 20,
      checkMs: null,
    },
  ],
  skipped: ['detector of pack other: its file is missing'],
};
const rows = detectionReport(figures).map((line) => line.trim().split(/\s{2,}/));

it('prints recall with its interval below the widths and the numbers of faces', () => {
  expect(rows).toContainEqual(['recall in %, by width of the face', '14 px', '90 px']);
  expect(rows).toContainEqual(['faces', '50', '40']);
  expect(rows).toContainEqual(['near, 320 wide, from 0.5', '50 (37–63)', '100 (91–100)']);
  expect(rows).toContainEqual(['near, 320 wide, checked', '40 (28–54)', '90 (77–96)']);
  expect(rows).toContainEqual(['plain, 640 wide, from 0.8', '2 (0–10)', '5 (1–17)']);
});

it('prints boxes per 100 frames of each film and of all, and milliseconds', () => {
  expect(rows).toContainEqual(['boxes per 100 frames without a face', 'people', 'one-by-one', 'all', 'ms']);
  expect(rows).toContainEqual(['frames', '20', '80', '100']);
  expect(rows).toContainEqual(['near, 320 wide, from 0.5', '25.0', '10.0', '13.0', '17']);
  expect(rows).toContainEqual(['near, 320 wide, checked', '5.0', '0.0', '1.0', '17 + 5']);
  expect(rows).toContainEqual(['plain, 640 wide, from 0.8', '0.0', '2.5', '2.0', '20']);
});

it('says what was left out and why', () => {
  expect(rows).toContainEqual(['left out: detector of pack other: its file is missing']);
});
