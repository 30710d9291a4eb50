// Where annotated copies go: never over an input, never half.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Output, putBytes, putWhole } from '../../src/analyze/output.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';

const picture = (path: string, name: string) => ({ kind: 'picture', path, name }) as const;

it('into a folder, which is made, under names of their own', async () => {
  const folder = join(tempFolder(), 'new', 'marked');
  const output = await Output.open(folder, true, []);
  expect(await output.pathFor(picture('/a/x.JPG', 'x'))).toBe(join(folder, 'x.analyzed.jpg'));
  expect(await output.pathFor(picture('/b/x.jpg', 'x'))).toBe(join(folder, 'x.analyzed-2.jpg'));
  expect(await output.pathFor(picture('/b/x.png', 'x'))).toBe(join(folder, 'x.analyzed.png'));
  expect(await output.pathFor(picture('/b/x.jp2', 'x'))).toBe(join(folder, 'x.analyzed-3.jpg'));
  expect(await output.pathFor({ kind: 'film', name: 'cam', path: null })).toBe(join(folder, 'cam.analyzed.mp4'));
});

it('a single file, unless it is a folder or ends in a slash', async () => {
  const folder = tempFolder();
  const file = join(folder, 'out.png');
  expect(await (await Output.open(file, false, [])).pathFor(picture('/a/x.jpg', 'x'))).toBe(file);
  expect(await (await Output.open(folder, false, [])).pathFor(picture('/a/x.jpg', 'x'))).toBe(
    join(folder, 'x.analyzed.jpg'),
  );
  const slash = await Output.open(`${folder}/there/`, false, []);
  expect(await slash.pathFor(picture('/a/x.jpg', 'x'))).toBe(join(folder, 'there', 'x.analyzed.jpg'));
});

it('never over what is analyzed', async () => {
  const folder = tempFolder();
  const path = join(folder, 'x.analyzed.jpg');
  writeFileSync(path, 'precious');
  const direct = await Output.open(path, false, [path]);
  await expect(direct.pathFor(picture(path, 'x.analyzed'))).rejects.toThrow(/is never overwritten/);
  const around = await Output.open(folder, true, [path]);
  expect(await around.pathFor(picture(path, 'x'))).toBe(join(folder, 'x.analyzed-2.jpg'));
});

it('nor over another input of the same run', async () => {
  const folder = tempFolder();
  const [first, second] = [join(folder, 'x.jpg'), join(folder, 'x.analyzed.jpg')];
  for (const path of [first, second]) writeFileSync(path, 'precious');
  const output = await Output.open(folder, true, [first, second, 'rtsp://camera/1']);
  expect(await output.pathFor(picture(first, 'x'))).toBe(join(folder, 'x.analyzed-2.jpg'));
});

it('under a name that its format has', async () => {
  const output = await Output.open(join(tempFolder(), 'x.mp4'), false, []);
  await expect(output.pathFor(picture('/a/x.jpg', 'x'))).rejects.toMatchObject({ exitCode: 64 });
  expect(await output.pathFor({ kind: 'film', name: 'x', path: '/a/x.avi' })).toMatch(/x\.mp4$/);
});

it('whole or not at all', async () => {
  const folder = tempFolder();
  const path = join(folder, 'x.jpg');
  await putBytes(path, Buffer.from('picture'));
  expect(readFileSync(path, 'utf8')).toBe('picture');
  const failing = putWhole(join(folder, 'y.jpg'), async (partial) => {
    writeFileSync(partial, 'half');
    expect(existsSync(join(folder, 'y.jpg'))).toBe(false);
    throw Object.assign(new Error('ENOSPC: no space left on device'), { syscall: 'write' });
  });
  await expect(failing).rejects.toMatchObject({ exitCode: 74, message: expect.stringContaining('no space left') });
  const bug = putWhole(join(folder, 'z.jpg'), () => Promise.reject(new TypeError('a bug')));
  await expect(bug).rejects.toThrow(TypeError);
  expect(readdirSync(folder)).toEqual(['x.jpg']);
});

it('a folder that cannot be made', async () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  await expect(Output.open(join(file, 'below'), true, [])).rejects.toMatchObject({ exitCode: 74 });
});

it.skipIf(!canMount)('a read-only folder is refused before any work (needs root, to mount one)', async () => {
  const mount = tmpfs('1M');
  mkdirSync(join(mount.folder, 'there'));
  mount.makeReadOnly();
  await expect(Output.open(join(mount.folder, 'there'), true, [])).rejects.toMatchObject({
    exitCode: 74,
    message: expect.stringContaining('Name another place with --out.'),
  });
});
