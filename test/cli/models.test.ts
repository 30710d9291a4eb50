// onlooker models list, verify and info say what is there, whether it is whole, and all that is known of a net.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEFINITION, DETECTOR, installed, OTHER_WEIGHTS, WEIGHTS } from './models-rig.ts';

describe('list', () => {
  it('shows packs and nets with state, size, license and commercial use', async () => {
    const { run, place, prepared } = installed();
    place('finder.onnx', DETECTOR);
    place('gender.onnx', OTHER_WEIGHTS.subarray(1));
    const { code, stdout } = await run(['list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\* count-only +ready +clear +finder$/m);
    expect(stdout).toMatch(/^ {2}ages +damaged +unclear +finder, age, gender$/m);
    expect(stdout).toMatch(/^ {2}finder +ready +clear +50 kB {2}MIT$/m);
    expect(stdout).toMatch(/^ {2}age +missing +unclear +200 kB {2}no license granted$/m);
    expect(stdout).toMatch(/^ {2}gender +damaged +unclear +100 kB {2}no license granted$/m);
    expect(stdout).toContain(`files in ${prepared}\n`);
    expect(stdout).toContain(`${join(prepared, 'gender.onnx')}: has 99999 bytes instead of 100000`);
  });

  it('is JSON when asked', async () => {
    const { stdout } = await installed().run(['list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      packs: [
        { name: 'count-only', configured: true, state: 'missing', commercialUse: 'clear', nets: ['finder'] },
        { name: 'ages', configured: false, state: 'missing', commercialUse: 'unclear' },
      ],
      nets: [
        { name: 'finder', role: 'detector', state: 'missing', bytes: 50_000, license: 'MIT' },
        { name: 'age', role: 'classifier', bytes: 200_012, commercialUse: 'unclear' },
        { name: 'gender' },
      ],
    });
  });
});

describe('verify', () => {
  it('is content with a whole pack, whatever others lack', async () => {
    const { run, place, prepared } = installed();
    place('finder.onnx', DETECTOR);
    expect(await run(['verify'])).toEqual({ code: 0, stdout: `ok     ${join(prepared, 'finder.onnx')}\n`, stderr: '' });
  });

  it('misses what the configured pack needs, with the remedy', async () => {
    const { code, stdout } = await installed().run(['verify']);
    expect(code).toBe(66);
    expect(stdout).toMatch(
      /^wrong {2}.*finder\.onnx: is missing; copy it from .*\/models\/prepared, or take models\.folder out$/m,
    );
  });

  it('refuses one changed bit in any file that is there', async () => {
    const { run, place } = installed();
    place('finder.onnx', DETECTOR);
    const changed = Buffer.from(WEIGHTS);
    changed[100_000] = (changed[100_000] ?? 0) ^ 1;
    place('age.caffemodel', changed);
    place('age.prototxt', DEFINITION);
    const { code, stdout } = await run(['verify', '--json']);
    expect(code).toBe(66);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      files: [
        { net: 'finder', problem: null, remedy: null },
        { net: 'age', problem: null },
        {
          net: 'age',
          problem: expect.stringContaining('has SHA-256'),
          remedy: expect.stringContaining('models pull age'),
        },
      ],
    });
  });

  it('of a pack or net needs that, and looks at nothing else', async () => {
    const { run, place, prepared } = installed();
    place('gender.onnx', OTHER_WEIGHTS);
    const ok = `ok     ${join(prepared, 'gender.onnx')}\n`;
    expect(await run(['verify', 'gender'])).toEqual({ code: 0, stdout: ok, stderr: '' });
    const { code, stdout } = await run(['verify', 'ages']);
    expect(code).toBe(66);
    for (const name of ['finder.onnx', 'age.prototxt', 'age.caffemodel'])
      expect(stdout).toContain(`${name}: is missing`);
    expect(stdout).toContain(ok);
    expect((await run(['verify', 'agess'])).code).toBe(64);
  });

  it('reads a folder under the name of a file as damaged', async () => {
    const { run, prepared } = installed();
    mkdirSync(join(prepared, 'finder.onnx'), { recursive: true });
    expect((await run(['verify'])).stdout).toContain('cannot be read');
    expect((await run(['list'])).stdout).toMatch(/finder +damaged/);
  });
});

describe('info', () => {
  it('tells origin, license, hashes, how the net is read, and the calibration of its packs', async () => {
    const { run } = installed('http://models.example');
    const { code, stdout } = await run(['info', 'age']);
    expect(code).toBe(0);
    for (const part of [
      'role: classifier',
      'state: missing',
      'commercialUse: unclear',
      'http://models.example/mirror/age.caffemodel',
      'sdYears: 9',
      'temperature: 1.5',
      'measuredOn: forty faces',
    ])
      expect(stdout).toContain(part);
    expect(stdout.match(/sha256: [0-9a-f]{64}/g)).toHaveLength(3);
    expect(parse(stdout)).toEqual(JSON.parse((await run(['info', 'age', '--json'])).stdout));
  });

  it('tells of a pack its nets, which of them are there, what it may be used for, and its calibration', async () => {
    const { run, place } = installed();
    place('finder.onnx', DETECTOR);
    const { code, stdout } = await run(['info', 'ages']);
    expect(code).toBe(0);
    expect(parse(stdout)).toEqual({
      name: 'ages',
      description: 'Ages.',
      configured: false,
      state: 'missing',
      commercialUse: 'unclear',
      nets: [
        expect.objectContaining({ name: 'finder', role: 'detector', answers: null, state: 'ready' }),
        expect.objectContaining({ name: 'age', role: 'classifier', answers: ['age'], state: 'missing' }),
        expect.objectContaining({ name: 'gender', license: expect.objectContaining({ commercialUse: 'unclear' }) }),
      ],
      calibration: expect.objectContaining({ age: { temperature: 1.5 } }),
    });
    expect(JSON.parse((await run(['info', 'count-only', '--json'])).stdout)).toMatchObject({
      configured: true,
      state: 'ready',
      commercialUse: 'clear',
    });
  });

  it('is JSON when asked', async () => {
    const { stdout } = await installed().run(['info', 'finder', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'finder',
      state: 'missing',
      source: { format: 'package', package: 'finder' },
      reading: { decoder: 'ssd', thresholds: { start: 0.5 } },
      packs: {
        'count-only': { answers: null, calibration: null },
        ages: { calibration: { age: { temperature: 1.5 } } },
      },
    });
  });

  it('names the packs and nets that there are when asked for another', async () => {
    const { code, stderr } = await installed().run(['info', 'agess']);
    expect(code).toBe(64);
    expect(stderr).toContain('There is no pack and no net agess. The packs are count-only, ages; the nets are finder,');
  });
});

it('an own pack file is listed and verified like the others', async () => {
  const { run, prepared } = installed();
  mkdirSync(prepared);
  const packFile = join(prepared, 'mine.yaml');
  writeFileSync(
    packFile,
    JSON.stringify({ version: 1, pack: { description: 'Mine.', detector: 'finder', classifiers: [] } }),
  );
  const config = join(prepared, 'onlooker.yaml');
  writeFileSync(config, `models:\n  packFile: ${packFile}\n`);
  expect((await run(['list', '--config', config])).stdout).toMatch(/^\* mine +missing/m);
  expect((await run(['verify', '--config', config])).code).toBe(66);
});
