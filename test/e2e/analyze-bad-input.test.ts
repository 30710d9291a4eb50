// What cannot be analyzed is said in a sentence, the rest goes on, and nothing half is left behind.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { MAIN, runProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { FACES, film, picture } from './analyze-media.ts';

// Each run loads its nets anew.
vi.setConfig({ testTimeout: 180_000 });

it('a bad picture among good ones: it is named, the others are done, exit 66', async () => {
  const folder = tempFolder();
  const good = picture(folder, 'good.jpg');
  writeFileSync(join(folder, 'cut.jpg'), readFileSync(good).subarray(0, 9000));
  writeFileSync(join(folder, 'text.jpg'), 'Wish you were here.\n');
  writeFileSync(join(folder, 'empty.png'), '');
  const out = join(folder, 'marked');
  const { code, stdout, stderr } = await runProgram(['analyze', folder, join(folder, 'gone.jpg'), '--out', out]);
  expect(code).toBe(66);
  expect(stdout).toContain(`good.jpg: ${FACES} faces`);
  expect(stdout).toContain('1 picture, 4 inputs not readable, 4 faces');
  expect(stderr).toMatch(/cut\.jpg cannot be read as a picture: its end is missing\. Copy it again/);
  expect(stderr).toMatch(/text\.jpg cannot be read as a picture: it is damaged, too large or no picture/);
  expect(stderr).toMatch(/empty\.png cannot be read as a picture: it is empty/);
  expect(stderr).toMatch(/There is no file or folder .*gone\.jpg\. Check the path/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(readdirSync(out)).toEqual(['good.analyzed.jpg']);
});

it('a folder without pictures, a file that is nothing, a film that is cut short', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'empty'));
  const notes = join(folder, 'notes');
  writeFileSync(notes, 'neither picture nor film');
  const cut = join(folder, 'cut.mp4');
  writeFileSync(cut, readFileSync(film(folder, 'whole.mp4')).subarray(0, 20_000));
  const out = join(folder, 'marked');
  const { code, stdout, stderr } = await runProgram(['analyze', join(folder, 'empty'), notes, cut, '--out', out]);
  expect({ code, stdout }).toEqual({ code: 66, stdout: '' });
  expect(stderr).toMatch(/No picture is in .*empty: none of its files ends in \.jpg/);
  expect(stderr).toMatch(/notes cannot be read as a picture or a video: .+ Name a picture/);
  expect(stderr).toMatch(/cut\.mp4 cannot be read as a picture or a video/);
  expect(readdirSync(out)).toEqual([]);
});

it('results that cannot be written are told', () => {
  const { status, stderr } = inShell('"$0" "$@" > /dev/full', ['analyze', picture(tempFolder(), 'a.jpg'), '--json']);
  expect(status).toBe(74);
  expect(stderr).toMatch(/onlooker: the results cannot be written: ENOSPC/);
});

it('whoever has seen enough of the results ends the film, and nothing half is left behind', () => {
  const folder = tempFolder();
  const args = ['analyze', film(folder, 'a.mp4'), '--json', '--out', join(folder, 'marked.mp4')];
  const { stdout, stderr } = inShell('("$0" "$@"; echo "code $?" >&2) | head -n 1', args);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^code 0$/m);
  expect(readdirSync(folder).toSorted()).toEqual(['a.mp4', 'marked.mp4']);
});

it('the input is never overwritten', async () => {
  const folder = tempFolder();
  const path = picture(folder, 'good.jpg');
  const before = readFileSync(path);
  const { code, stderr } = await runProgram(['analyze', path, '--out', path]);
  expect(code).toBe(64);
  expect(stderr).toMatch(/good\.jpg is what is to be analyzed, and is never overwritten/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

it.skipIf(!canMount)(
  'an output folder that is read-only, and one that is full (needs root, to mount them)',
  async () => {
    const folder = tempFolder();
    const mount = tmpfs('16k');
    const full = await runProgram(['analyze', picture(folder, 'a.png'), '--out', join(mount.folder, 'a.png')]);
    expect(full.code).toBe(74);
    expect(full.stderr).toMatch(/a\.png cannot be written: ENOSPC.*Name another place with --out\./);
    const tooLarge = await runProgram(['analyze', film(folder, 'a.mp4'), '--out', join(mount.folder, 'a.mp4')]);
    expect(tooLarge.code).toBe(74);
    expect(tooLarge.stderr).toMatch(/cannot be written: .+ Name another place with --out\./);
    expect(readdirSync(mount.folder)).toEqual([]);
    mount.makeReadOnly();
    const readOnly = await runProgram(['analyze', join(folder, 'a.png'), '--out', join(mount.folder, 'b.png')]);
    expect(readOnly.code).toBe(74);
    expect(readOnly.stderr).toMatch(/cannot be written: EROFS.*Name another place with --out\./);
  },
);

it('a pack that does not exist, and models that are not there', async () => {
  const folder = tempFolder();
  const path = picture(folder, 'a.jpg');
  const pack = await runProgram(['analyze', path, '--json', '--pack', 'magic']);
  expect(pack.code).toBe(64);
  expect(pack.stderr).toMatch(/There is no pack magic\. Name one of default, .*, or a pack file\./);
  const reference = await runProgram(['analyze', path, '--json', '--reference', '--models', folder]);
  expect(reference.code).toBe(66);
  expect(reference.stderr).toMatch(
    /opencv_face_detector_uint8\.pb: is missing; fetch it with: onlooker models pull res10-ssd-reference levi-hassner\n/,
  );
});

it('--show without a display', async () => {
  const path = picture(tempFolder(), 'a.jpg');
  const { code, stderr } = await runProgram(['analyze', path, '--show'], { DISPLAY: '', WAYLAND_DISPLAY: '' });
  expect(code).toBe(64);
  expect(stderr).toMatch(/No display is there for --show/);
});

it('an address that redirects for ever, and a page: yt-dlp is named', async () => {
  const address = await served((request, response) => {
    if (request.url === '/page') response.end('<html>Watch our film</html>');
    else response.writeHead(302, { location: `/again${Math.random()}` }).end();
  });
  const { code, stderr } = await runProgram(
    ['analyze', `${address}/film.mp4`, `${address}/page`, '--json'],
    WITHOUT_YT_DLP,
  );
  expect(code).toBe(66);
  expect(stderr).toMatch(/film\.mp4 cannot be read as a video: /);
  expect(stderr).toMatch(/page cannot be read as a video: .+ install yt-dlp/);
});

it('a server that is silent is given up', async () => {
  const server = createTcpServer();
  const address = await listening(server);
  const { code, stderr } = await runProgram(
    ['analyze', `http://me:secret@${address}/film.mp4`, '--json'],
    WITHOUT_YT_DLP,
  );
  expect(code).toBe(66);
  expect(stderr).toMatch(/film\.mp4 cannot be read as a video/);
  expect(stderr).not.toContain('secret');
});

it('a film at an address is watched like a file, and one that yt-dlp finds on a page, too', async () => {
  const folder = tempFolder();
  const bytes = readFileSync(film(folder, 'party.mp4'));
  const address = await served((request, response) => {
    if (request.url === '/watch') response.end('<html></html>');
    else response.setHeader('content-length', bytes.length).end(bytes);
  });
  const direct = await runProgram(['analyze', `${address}/party.mp4`, '--out', `${folder}/`]);
  expect(direct.stdout).toContain(`${FACES} viewers → ${join(folder, 'party.analyzed.mp4')}`);
  // Stands in for yt-dlp: says where the film of a page is. The page is no argument, since it may hold a secret.
  const finds = `read page && [ "$page" = ${address}/watch ] && echo ${address}/party.mp4`;
  writeFileSync(join(folder, 'yt-dlp'), `#!/bin/sh\n${finds}\n`, { mode: 0o755 });
  const page = await runProgram(['analyze', `${address}/watch`, '--out', `${folder}/`], {
    PATH: `${folder}:${process.env['PATH']}`,
  });
  expect(page).toMatchObject({ code: 0, stderr: '' });
  expect(page.stdout).toContain(`${FACES} viewers → ${join(folder, 'watch.analyzed.mp4')}`);
});

/** Runs the program with these arguments as "$0" "$@" in a line of the shell. */
function inShell(line: string, args: readonly string[]) {
  return spawnSync('sh', ['-c', line, process.execPath, MAIN, ...args], { encoding: 'utf8' });
}

/** The programs of the system without those of users. */
const WITHOUT_YT_DLP = { PATH: '/usr/bin:/bin' };

async function served(listener: RequestListener): Promise<string> {
  return `http://${await listening(createServer(listener))}`;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  // Of a server that listens on a port.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
