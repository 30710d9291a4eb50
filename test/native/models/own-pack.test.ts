// Runs the pack files of docs/models.md on women of a photograph, and nets that do not fit their description.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/models/model-error.ts';
import { openPack, type PackChoice } from '../../../src/models/pack.ts';
import { type Classification, openClassifiers } from '../../../src/sensor/classify/open-classifiers.ts';
import { openDetector } from '../../../src/sensor/detect/open-detector.ts';
import { scope } from '../../../src/sensor/opencv.ts';
import { CAFFE, DEFINITION, type Example, examplePack, ONNX, writeExample } from '../../support/own-pack.ts';
import { photograph, photographPath } from '../../support/photograph.ts';
import { framesOf, runSensor } from '../../support/sensor-child.ts';
import { sensorOptions } from '../../support/sensor-options.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SIZE = { width: 640, height: 512 };
const isAbsent = ONNX === null || CAFFE === null || DEFINITION === null;
const onnx = ONNX ?? '';
const caffe = CAFFE ?? '';
const definition = DEFINITION ?? '';

it('the document has both pack files', () => {
  expect(examplePack('dlib.yaml')).toContain('format: onnx');
  expect(examplePack('intel.yaml')).toContain('format: caffe');
});

describe.skipIf(isAbsent)('a pack file of the document (needs the shared nets)', () => {
  it('with an ONNX net finds four women', async () => {
    const answers = await answersOf(writeExample(tempFolder(), 'dlib.yaml'));
    expect(answers).toHaveLength(4);
    for (const { gender, age } of answers) {
      expect(gender?.female).toBeGreaterThan(0.9);
      expect(age).toBeNull();
    }
  });

  it('with a Caffe net finds four women of plausible ages', async () => {
    const answers = await answersOf(writeExample(tempFolder(), 'intel.yaml'));
    expect(answers).toHaveLength(4);
    for (const { gender, age } of answers) {
      expect(gender?.female).toBeGreaterThan(0.9);
      if (age?.kind !== 'normal') throw new Error('it answers in years');
      expect(age.meanYears).toBeGreaterThan(15);
      expect(age.meanYears).toBeLessThan(45);
    }
  });

  it('runs in the sensor', async () => {
    const pack = writeExample(tempFolder(), 'intel.yaml');
    const { observations, exitCode, stderr } = await runSensor({ options: optionsWith(pack), capture: frames() });
    expect([exitCode, stderr]).toEqual([0, '']);
    const looks = observations.flatMap((observation) => observation.looks);
    expect(looks).toHaveLength(4);
    for (const { gender } of looks) expect(gender?.female).toBeGreaterThan(0.9);
  });
});

describe.skipIf(isAbsent)('a description that does not fit its net (needs the shared nets)', () => {
  const classes =
    'age: { kind: classes, output: prob, classes: [{ fromYears: 0, toYears: 9 }, { fromYears: 10, toYears: 19 }, { fromYears: 20, toYears: 29 }] }';
  it.each<[string, Example, (text: string) => string, RegExp]>([
    [
      'too many classes',
      'intel.yaml',
      (text) => text.replace(/age: \{.*\}/, classes),
      /^retail-0013: .*outputs prob .*shape.*correct gender, age and geometry/,
    ],
    [
      'a class beyond the last',
      'dlib.yaml',
      (text) => text.replace('male: 1', 'male: 2'),
      /^dlib-gender: .*outputs gender .*shape.*correct gender, age and geometry/,
    ],
    [
      'a number beyond the last',
      'intel.yaml',
      (text) => text.replace('index: 0', 'index: 1'),
      /^retail-0013: .*age_conv3 .*shape.*correct gender, age and geometry/,
    ],
    [
      'an output that there is not',
      'dlib.yaml',
      (text) => text.replace('output: gender', 'output: genders'),
      /genders.*: not given by the net for 32x32 pixels.*correct outputs and geometry/,
    ],
    [
      'one output of two that there is not',
      'intel.yaml',
      (text) => text.replace('output: prob', 'output: probs'),
      /probs.*: not given by the net.*correct outputs and geometry/,
    ],
    [
      'a size that its fully connected layers do not take',
      'dlib.yaml',
      (text) => text.replace('width: 32, height: 32', 'width: 64, height: 64'),
      /gender.*: not given by the net for 64x64 pixels.*correct outputs and geometry/,
    ],
    [
      'a size that turns its answers into maps',
      'intel.yaml',
      (text) => text.replace('width: 62, height: 62', 'width: 100, height: 100'),
      /^retail-0013: .*shape.*correct gender, age and geometry/,
    ],
    [
      'a size too small for its layers',
      'intel.yaml',
      (text) => text.replace('width: 62, height: 62', 'width: 20, height: 20'),
      /prob.*: not given by the net for 20x20 pixels.*correct outputs and geometry/,
    ],
  ])('by %s ends in a message that names the key', async (_, name, change, problem) => {
    const answers = answersOf(writeExample(tempFolder(), name, change));
    await expect(answers).rejects.toThrow(problem);
    await expect(answers).rejects.toThrow(ModelError);
  });
});

describe.skipIf(isAbsent)('a file that is not the net (needs the shared nets)', () => {
  const unreadable = (format: string) =>
    new RegExp(`: cannot be read by OpenCV as ${format}; check that it is the file`);
  it.each<[string, Example, (folder: string) => void, RegExp]>([
    ['a prototxt as ONNX', 'dlib.yaml', (folder) => put(folder, onnx, definition), unreadable('onnx')],
    ['a caffemodel as ONNX', 'dlib.yaml', (folder) => put(folder, onnx, caffe), unreadable('onnx')],
    ['a truncated ONNX', 'dlib.yaml', (folder) => truncate(folder, onnx), unreadable('onnx')],
    [
      'an empty ONNX',
      'dlib.yaml',
      (folder) => writeFileSync(join(folder, basename(onnx)), ''),
      /weights: .*onnx is empty/,
    ],
    ['a prototxt as caffemodel', 'intel.yaml', (folder) => put(folder, caffe, definition), unreadable('caffe')],
    ['a truncated caffemodel', 'intel.yaml', (folder) => truncate(folder, caffe), unreadable('caffe')],
    ['a truncated prototxt', 'intel.yaml', (folder) => truncate(folder, definition), unreadable('caffe')],
    // OpenCV reads it as weights of other layers, and only misses those of this net when it is asked.
    [
      'an ONNX as caffemodel',
      'intel.yaml',
      (folder) => put(folder, caffe, onnx),
      /not given by the net for 62x62 pixels/,
    ],
  ])('but %s ends the sensor with 66 and a message', async (_, name, damage, problem) => {
    const folder = tempFolder();
    const pack = writeExample(folder, name);
    damage(folder);
    const { messages, exitCode } = await runSensor({ options: optionsWith(pack), capture: frames() });
    expect(messages.at(-1)).toMatchObject({ kind: 'failed', code: 'model', message: expect.stringMatching(problem) });
    expect(exitCode).toBe(66);
  });
});

/** What the pack says of each face that its detector finds. */
async function answersOf(choice: PackChoice): Promise<readonly Classification[]> {
  const pack = openPack(choice);
  const detector = openDetector(pack.detector, SIZE, { farWidth: null, minConfidence: 0.5 });
  const classify = openClassifiers(pack);
  return scope(async (keep) => {
    const picture = photograph(keep, 'sample6.jpg', SIZE.width, SIZE.height);
    const answers: Classification[] = [];
    for (const { box, confidence } of await detector.detect(keep, picture)) {
      const answer = confidence < pack.detector.spec.thresholds.start ? null : await classify(keep, picture, box);
      if (answer !== null) answers.push(answer);
    }
    return answers;
  });
}

function optionsWith(pack: PackChoice) {
  return sensorOptions(SIZE.width, SIZE.height, { pack });
}

function frames(): readonly string[] {
  return framesOf(photographPath('sample6.jpg'), SIZE.width, SIZE.height, ['-loop', '1', '-t', '0.8']);
}

/** Another file under the name of the net. */
function put(folder: string, net: string, other: string): void {
  copyFileSync(other, join(folder, basename(net)));
}

function truncate(folder: string, net: string): void {
  const content = readFileSync(net);
  writeFileSync(join(folder, basename(net)), content.subarray(0, content.length / 2));
}
