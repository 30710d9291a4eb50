// Results as JSON lines, rows of CSV, and lines for people.
import { expect, it } from 'vitest';
import type { AnalyzedViewer } from '../../src/analyze/answer.ts';
import { foundByReference, foundFace } from '../../src/analyze/found.ts';
import { csvHeader, csvRows, filmText, jsonLine, pictureText, viewerJsonLine } from '../../src/analyze/report-lines.ts';
import { analyzedFace } from './faces.ts';

const PICTURE = { file: 'a.jpg', atMs: null, width: 640, height: 480 };
const VIEWER: AnalyzedViewer = {
  viewer: 2,
  enteredAt: 1500,
  leftAt: 8000,
  dwellMs: 6500,
  attentionMs: 5000,
  glances: 2,
  age: { years: 43, group: 'adult', probability: 0.83219, minorProbability: 0 },
  gender: { answer: null, female: 0.45678, male: 0.54322 },
};

it('one JSON line for a picture', () => {
  expect(JSON.parse(jsonLine(PICTURE, [foundFace(analyzedFace())]))).toEqual({
    file: 'a.jpg',
    faces: [
      {
        box: { x: 10, y: 20.3, width: 60, height: 60 },
        confidence: 0.9123,
        age: { years: 41, group: 'adult', probability: 0.78, minorProbability: 0.0123 },
        gender: { answer: 'female', female: 0.93, male: 0.07 },
      },
    ],
  });
  expect(jsonLine(PICTURE, [])).toBe('{"file":"a.jpg","faces":[]}');
});

it('a frame says when it was and how large it is, its faces whose they are', () => {
  const line = JSON.parse(jsonLine({ ...PICTURE, atMs: 400 }, [foundFace(analyzedFace({ viewer: 3 }))]));
  expect(line).toMatchObject({ file: 'a.jpg', atMs: 400, width: 640, height: 480, faces: [{ viewer: 3 }] });
});

it('nothing of the reference is rounded', () => {
  const choice = { class: 'Male', probabilities: [0.7268446087837219, 0.2731553912162781] };
  const face = { box: { x: 1, y: 2, width: 3, height: 4 }, confidence: 0.9725133180618286, age: null, gender: choice };
  expect(JSON.parse(jsonLine(PICTURE, [foundByReference(face)])).faces).toEqual([face]);
});

it('CSV has a row for each face, with empty fields for what is unknown', () => {
  const unknown = foundFace(analyzedFace({ age: null, gender: { answer: null, female: 0.5, male: 0.5 } }));
  const rows = csvRows({ ...PICTURE, file: 'say "cheese", please.jpg' }, [foundFace(analyzedFace()), unknown]);
  expect(csvHeader().split(',')).toHaveLength(15);
  expect(rows).toEqual([
    '"say ""cheese"", please.jpg",,,10,20.3,60,60,0.9123,41,adult,0.78,0.0123,female,0.93,0.07',
    '"say ""cheese"", please.jpg",,,10,20.3,60,60,0.9123,,,,,,0.5,0.5',
  ]);
});

it('people read how many and who', () => {
  expect(pictureText(PICTURE, [foundFace(analyzedFace())], '/tmp/a.analyzed.jpg')).toBe(
    'a.jpg: 1 face → /tmp/a.analyzed.jpg\n  1. female 93%, 41 y, adult 78%, face 91%',
  );
  expect(pictureText(PICTURE, [], null)).toBe('a.jpg: no face');
  expect(filmText('a.mp4', [VIEWER], null)).toBe(
    'a.mp4: 1 viewer\n  #2 gender unsure, 43 y, adult 83%: from 1.5 s for 6.5 s, looking for 5.0 s',
  );
  expect(filmText('a.mp4', [{ ...VIEWER, age: null, gender: null }], null)).toContain('  #2 face: from 1.5 s');
});

it('a viewer of a film has a line of his own, in which age and gender look as those of a face do', () => {
  expect(JSON.parse(viewerJsonLine('a.mp4', VIEWER))).toEqual({
    file: 'a.mp4',
    viewer: 2,
    enteredAtMs: 1500,
    leftAtMs: 8000,
    dwellMs: 6500,
    attentionMs: 5000,
    glances: 2,
    age: { years: 43, group: 'adult', probability: 0.8322, minorProbability: 0 },
    gender: { answer: null, female: 0.4568, male: 0.5432 },
  });
});
