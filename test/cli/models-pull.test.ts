// onlooker models pull gets what is missing once the licenses are accepted, from mirrors or from a folder.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COPY } from '../../src/models/repair.ts';
import { modelServer, saying, serving } from '../models/pull/model-server.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { DEFINITION, DETECTOR, installed, OTHER_WEIGHTS, WEIGHTS } from './models-rig.ts';

const ACCEPT = '--accept-licence';
const PUBLISHED = { '/age.caffemodel': serving(WEIGHTS), '/mirror/gender.onnx': serving(OTHER_WEIGHTS) };

async function online(behaviors: Parameters<typeof modelServer>[0] = PUBLISHED) {
  const { origin, requests } = await modelServer(behaviors);
  const installation = installed(origin);
  installation.place('finder.onnx', DETECTOR);
  return { ...installation, requests };
}

describe('a pack that is pulled', () => {
  it('is complete afterwards, with the definitions that the program keeps, and not fetched again', async () => {
    const { run, prepared, requests } = await online();
    const { code, stdout, stderr } = await run(['pull', 'ages', ACCEPT]);
    expect([code, stdout]).toEqual([0, 'finder: is there already\nage: is ready\ngender: is ready\n']);
    expect(readdirSync(prepared).sort()).toEqual(['age.caffemodel', 'age.prototxt', 'finder.onnx', 'gender.onnx']);
    expect(readFileSync(join(prepared, 'age.caffemodel')).equals(WEIGHTS)).toBe(true);
    expect(readFileSync(join(prepared, 'age.prototxt')).equals(DEFINITION)).toBe(true);
    expect(stderr).toMatch(/age\.caffemodel: 200 kB from 127\.0\.0\.1:\d+\n/);
    expect(stderr).toContain('answered 404 Not Found');
    expect(requests).toEqual(['/mirror/age.caffemodel', '/age.caffemodel', '/mirror/gender.onnx']);

    expect((await run(['pull', 'ages'])).stdout).toBe(
      'finder: is there already\nage: is there already\ngender: is there already\n',
    );
    expect(requests).toHaveLength(3);
    expect((await run(['verify'])).code).toBe(0);
  });

  it('is the configured one where none is named, which needs no server here', async () => {
    const { run, requests } = await online();
    const { code, stdout } = await run(['pull']);
    expect([code, stdout, requests]).toEqual([0, 'finder: is there already\n', []]);
  });

  it('can be a single net, or all there are; the outcome can be JSON', async () => {
    const { run, prepared } = await online();
    expect((await run(['pull', 'gender', ACCEPT])).stdout).toBe('gender: is ready\n');
    const { stdout } = await run(['pull', '--all', ACCEPT, '--json']);
    expect(JSON.parse(stdout)).toEqual({
      folder: prepared,
      nets: [
        { net: 'finder', outcome: 'present', problem: null },
        { net: 'age', outcome: 'pulled', problem: null },
        { net: 'gender', outcome: 'present', problem: null },
      ],
    });
  });

  it('is prepared before it is checked, where that is needed', async () => {
    const { run, prepared, place } = await online();
    const nets: string[] = [];
    const prepare = (net: Readonly<{ name: string }>, folder: string) => {
      nets.push(`${net.name} ${folder}`);
      if (net.name === 'gender') place('gender.onnx', Buffer.from('spoiled'));
    };
    const { code, stdout } = await run(['pull', 'ages', ACCEPT], { prepare });
    expect(nets).toEqual([`age ${prepared}`, `gender ${prepared}`]);
    expect(code).toBe(66);
    expect(stdout).toContain('gender.onnx: has 7 bytes instead of 100000; restore the folder models');
  });

  it('repairs a file that is damaged', async () => {
    const { run, prepared, place } = await online();
    place('gender.onnx', OTHER_WEIGHTS.subarray(1));
    expect((await run(['pull', 'gender', ACCEPT])).code).toBe(0);
    expect(readFileSync(join(prepared, 'gender.onnx')).equals(OTHER_WEIGHTS)).toBe(true);
  });
});

describe('a license', () => {
  it('is shown and accepted by an option in scripts; without it nothing is fetched', async () => {
    const { run, requests, prepared } = await online();
    const { code, stdout, stderr } = await run(['pull', 'ages']);
    expect([code, stdout, requests]).toEqual([64, '', []]);
    expect(stderr).toContain('age, gender\n  license: no license granted\n  commercial use: unclear\n  The authors');
    expect(stderr).toContain('Nothing was fetched. Accept the licenses above with --accept-licence.');
    expect(readdirSync(prepared)).toEqual(['finder.onnx']);
  });

  it.each([
    ['y', 0],
    ['Yes ', 0],
    ['', 64],
    ['n', 64],
    ['yeah no', 64],
  ])('is asked for on a terminal: %j gives %i', async (answer, expected) => {
    const { run, requests } = await online();
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return answer;
    };
    expect((await run(['pull', 'gender'], { ask })).code).toBe(expected);
    expect(questions).toEqual(['Do you accept? [y/N] ']);
    expect(requests).toHaveLength(expected === 0 ? 1 : 0);
  });
});

describe('a folder', () => {
  it('takes the place of the web, also for nets that set-up prepares elsewhere', async () => {
    const { run, prepared } = installed();
    const stick = tempFolder();
    for (const [name, content] of [
      ['finder.onnx', DETECTOR],
      ['age.caffemodel', WEIGHTS],
      ['gender.onnx', OTHER_WEIGHTS],
    ] as const)
      writeFileSync(join(stick, name), content);
    const { code, stderr } = await run(['pull', 'ages', '--from', stick, ACCEPT]);
    expect(code).toBe(0);
    expect(stderr).toContain(`age.caffemodel: 200 kB from ${stick}`);
    expect(readdirSync(prepared).sort()).toEqual(['age.caffemodel', 'age.prototxt', 'finder.onnx', 'gender.onnx']);
  });

  it('whose file cannot be read is told, and not the place that it should go to', async () => {
    const { run, prepared } = installed();
    const stick = tempFolder();
    mkdirSync(join(stick, 'age.caffemodel'));
    const { code, stdout } = await run(['pull', 'age', '--from', stick, ACCEPT]);
    expect(code).toBe(66);
    expect(stdout).toContain(`age: ${join(stick, 'age.caffemodel')}: cannot be read (EISDIR`);
    expect(readdirSync(prepared)).toEqual([]);
  });

  it.each([
    ['lacks the file', null, 'is missing; copy it there'],
    ['has it damaged', WEIGHTS.subarray(1), 'has 199999 bytes instead of 200000; copy it there again'],
    ['has a pointer of Git LFS', Buffer.from('version https://git-lfs.github.com/spec/v1\n'), 'is a Git LFS pointer'],
  ])('that %s is told which, and nothing is left', async (_, content, problem) => {
    const { run, prepared } = installed();
    const stick = tempFolder();
    if (content !== null) writeFileSync(join(stick, 'age.caffemodel'), content);
    const { code, stdout, stderr } = await run(['pull', 'age', '--from', stick, ACCEPT]);
    expect(code).toBe(66);
    expect(stderr.includes(`from ${stick}`)).toBe(content !== null);
    expect(stdout).toContain(`age: ${join(stick, 'age.caffemodel')}: ${problem}`);
    expect(readdirSync(prepared)).toEqual([]);
  });
});

describe('what cannot be had', () => {
  it('is told at the end and does not keep the others away', async () => {
    const { run, prepared } = await online({ ...PUBLISHED, '/age.caffemodel': saying('<html>') });
    const { code, stdout } = await run(['pull', 'ages', ACCEPT]);
    expect(code).toBe(66);
    expect(stdout).toMatch(/age: .*age\.caffemodel: cannot be fetched \(.*gave a web page.*--from FOLDER\n/);
    expect(readdirSync(prepared).sort()).toEqual(['finder.onnx', 'gender.onnx']);
  });

  it('because set-up makes it is told with the command', async () => {
    const { run, place, prepared } = installed();
    const path = join(prepared, 'finder.onnx');
    const missing = await run(['pull']);
    expect([missing.code, missing.stdout]).toEqual([66, `finder: is missing (${path} is missing); ${COPY}\n`]);
    place('finder.onnx', DETECTOR.subarray(1));
    const damaged = await run(['pull']);
    expect([damaged.code, damaged.stdout]).toEqual([
      66,
      `finder: is damaged (${path} has 49999 bytes instead of 50000); ${COPY}\n`,
    ]);
  });

  it.each([
    [
      'a name that is none',
      ['pull', 'agess'],
      'no pack and no net agess. The packs are count-only, ages; the nets are finder',
    ],
    ['all and a name', ['pull', 'age', '--all'], '--all and the name age cannot be used together'],
  ])('because of %s is a question of usage', async (_, args, problem) => {
    const { code, stderr } = await installed().run(args);
    expect(code).toBe(64);
    expect(stderr).toContain(problem);
  });

  it.skipIf(!canMount)('because the folder is full or read-only (needs root, to mount one)', async () => {
    const { origin } = await modelServer(PUBLISHED);
    const mount = tmpfs('64k');
    const models = join(mount.folder, 'models');
    mkdirSync(models);
    const config = join(tempFolder(), 'onlooker.yaml');
    writeFileSync(config, `models:\n  pack: count-only\n  folder: ${models}\n`);
    const pull = () => installed(origin).run(['pull', 'age', ACCEPT, '--config', config]);
    const full = await pull();
    expect([full.code, readdirSync(models)]).toEqual([66, []]);
    expect(full.stdout).toMatch(/age\.caffemodel: cannot be written \(ENOSPC.*\); make room/);
    mount.makeReadOnly();
    const readOnly = await pull();
    expect([readOnly.code, readdirSync(models)]).toEqual([66, []]);
    expect(readOnly.stdout).toMatch(/age\.caffemodel: cannot be written \(EROFS.*\); make room or grant access/);
  });
});
