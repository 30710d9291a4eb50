// A file is fetched whole or not at all, from the first mirror that has it, whatever the servers do.
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/models/model-error.ts';
import { CONTENT, fetching, NAME } from './fetch-rig.ts';
import { modelBytes } from './model-file.ts';
import { type Behavior, breakingAfter, redirectingTo, saying, serving, stallingAfter } from './model-server.ts';

const PARTIAL = `${NAME}.partial`;

describe('a good server', () => {
  it('gives the file in one request, and the way is told', async () => {
    const { error, isWhole, left, requests, received } = await fetching({ '/net': serving(CONTENT) });
    expect([error, isWhole]).toEqual([null, true]);
    expect(left).toEqual([NAME]);
    expect(requests).toEqual(['/net']);
    expect(received.at(-1)).toBe(CONTENT.length);
    expect([...received].sort((a, b) => a - b)).toEqual(received);
  });

  it('that redirects is followed, also with a part', async () => {
    const servers = { '/net': redirectingTo('/elsewhere'), '/elsewhere': serving(CONTENT) };
    const options = { urls: ['/net'], partial: CONTENT.subarray(0, 1000) };
    const { isWhole, requests } = await fetching(servers, options);
    expect(isWhole).toBe(true);
    expect(requests).toEqual(['/net bytes=1000-', '/elsewhere bytes=1000-']);
  });
});

describe('what is there already', () => {
  it('is not asked for again', async () => {
    const { isWhole, requests, received } = await fetching(
      { '/net': serving(CONTENT) },
      { partial: CONTENT.subarray(0, 200_000) },
    );
    expect(isWhole).toBe(true);
    expect(requests).toEqual(['/net bytes=200000-']);
    expect(received[0]).toBeGreaterThan(200_000);
  });

  it('and complete needs no server', async () => {
    expect(await fetching({}, { urls: ['/net'], partial: CONTENT })).toMatchObject({ isWhole: true, requests: [] });
  });

  it('and longer than the model is thrown away', async () => {
    const partial = Buffer.concat([CONTENT, Buffer.from('more')]);
    const { isWhole, requests } = await fetching({ '/net': serving(CONTENT) }, { partial });
    expect(isWhole).toBe(true);
    expect(requests).toEqual([`/net bytes=${partial.length}-`, '/net']);
  });

  it('and wrong is noticed by the hash and fetched anew', async () => {
    const { isWhole, requests, troubles } = await fetching(
      { '/net': serving(CONTENT) },
      { partial: modelBytes(1000, 7) },
    );
    expect(isWhole).toBe(true);
    expect(requests).toEqual(['/net bytes=1000-', '/net']);
    expect(troubles).toEqual([expect.stringContaining('has SHA-256')]);
  });

  it('is of no use to a server that knows no parts, which sends the whole', async () => {
    const partial = CONTENT.subarray(0, 200_000);
    const { isWhole, requests } = await fetching({ '/net': saying(CONTENT) }, { partial });
    expect(isWhole).toBe(true);
    expect(requests).toEqual(['/net bytes=200000-']);
  });

  it('is not joined to another part than was asked for', async () => {
    const confused: Behavior = (response, request) => {
      if (request.headers.range === undefined) serving(CONTENT)(response, request);
      else response.writeHead(206, { 'content-range': 'bytes 0-299999/300000' }).end(CONTENT);
    };
    const { isWhole, requests } = await fetching({ '/net': confused }, { partial: CONTENT.subarray(0, 5000) });
    expect(isWhole).toBe(true);
    expect(requests).toEqual(['/net bytes=5000-', '/net']);
  });
});

describe('a line that breaks off', () => {
  it('is taken up where it broke, as long as it brings something', async () => {
    const { isWhole, requests } = await fetching({ '/net': breakingAfter(120_000, CONTENT) });
    expect(isWhole).toBe(true);
    // What the line brought last may be lost with it.
    const starts = requests.map(startOf);
    expect(starts.length).toBeGreaterThanOrEqual(3);
    expect([...new Set(starts)].sort((a, b) => a - b)).toEqual(starts);
  });

  it('always at the same byte is given up for the next mirror, which goes on from there', async () => {
    const { isWhole, requests } = await fetching({
      '/net': breakingAfter(120_000, CONTENT, { hasRanges: false }),
      '/mirror': serving(CONTENT),
    });
    expect(isWhole).toBe(true);
    expect(requests.at(-1)).toMatch(/^\/mirror bytes=[1-9]/);
    expect(requests.length).toBeLessThan(20);
  });

  it('leaves what it brought for the next time, and says so', async () => {
    const { error, left } = await fetching({ '/net': breakingAfter(120_000, CONTENT, { hasRanges: false }) });
    expect(left).toEqual([PARTIAL]);
    expect(String(error)).toContain('goes on where it stopped');
  });

  it('is not followed for ever', async () => {
    const { error, requests } = await fetching({ '/net': breakingAfter(1000, CONTENT) });
    expect(error).toBeInstanceOf(ModelError);
    expect(requests).toHaveLength(20);
  });
});

describe('what is not the model', () => {
  const page = `<!DOCTYPE html><title>Welcome to our network</title>${' '.repeat(5000)}`;
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0000\nsize 300000\n';

  it.each([
    ['a web page', saying(page), 'gave a web page'],
    ['a web page without a length', saying(page, { hasLength: false }), 'gave a web page'],
    ['a web page that is as long as the model', saying(page.padEnd(CONTENT.length)), 'gave a web page'],
    ['a pointer of Git LFS', saying(pointer), 'gave a Git LFS pointer'],
    ['nothing', saying('', { hasLength: false }), 'sent 0 bytes of 300000'],
    ['another file', serving(modelBytes(5000)), 'has a file of 5000 bytes instead of 300000'],
    ['other bytes', serving(modelBytes(CONTENT.length, 7)), 'has SHA-256 '],
    ['a longer file without a length', saying(modelBytes(400_000), { hasLength: false }), 'sent more than'],
  ])('%s is refused, named, and nothing of it is kept', async (_, behavior, problem) => {
    const { error, left, troubles } = await fetching({ '/net': behavior });
    expect(error).toBeInstanceOf(ModelError);
    expect(String(error)).toContain(problem);
    expect(troubles).toHaveLength(1);
    expect(left).toEqual([]);
  });

  it('does not harm what is there already', async () => {
    const partial = CONTENT.subarray(0, 50_000);
    const { isWhole, requests } = await fetching({ '/net': saying(page), '/mirror': serving(CONTENT) }, { partial });
    expect(isWhole).toBe(true);
    expect(requests).toEqual(['/net bytes=50000-', '/mirror bytes=50000-']);
  });

  it('of a shorter file under the same name gives way to the whole', async () => {
    const partial = CONTENT.subarray(0, 50_000);
    const { isWhole, requests } = await fetching(
      { '/net': serving(CONTENT.subarray(0, 40_000)), '/mirror': serving(CONTENT) },
      { partial },
    );
    expect(isWhole).toBe(true);
    expect(requests).toEqual(['/net bytes=50000-', '/net', '/mirror']);
  });
});

describe('a server that fails', () => {
  it.each([
    ['has no such file', { '/other': serving(CONTENT) }, 'answered 404 Not Found'],
    ['redirects to itself', { '/net': redirectingTo('/net') }, 'edirect'],
    [
      'redirects for ever',
      Object.fromEntries(
        ['/net', ...Array.from({ length: 9 }, (_, i) => `/${i}`)].map((path, i) => [path, redirectingTo(`/${i}`)]),
      ),
      'redirects again and again',
    ],
    ['redirects to what is no web address', { '/net': redirectingTo('file:///etc/passwd') }, 'http'],
  ])('because it %s is told with its address', async (_, behaviors, problem) => {
    const { error, left, requests } = await fetching(behaviors, { urls: ['/net'] });
    expect(String(error)).toMatch(/net\.caffemodel: cannot be fetched \(http:\/\/127\.0\.0\.1:\d+\/net /);
    expect(String(error)).toContain(problem);
    expect(left).toEqual([]);
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  it.each([
    ['before it answers', () => undefined],
    ['in the middle', stallingAfter(1000, CONTENT)],
  ])('by silence %s is given up for the next mirror', async (_, behavior) => {
    const { isWhole, troubles } = await fetching({ '/net': behavior, '/mirror': serving(CONTENT) }, { stallMs: 150 });
    expect(isWhole).toBe(true);
    expect(troubles[0]).toBe('/net sent nothing for 0.15 s');
  });

  it('by not being there is given up for the next mirror', async () => {
    const { isWhole, troubles } = await fetching(
      { '/net': serving(CONTENT) },
      { urls: ['http://127.0.0.1:1/a', '/net'] },
    );
    expect(isWhole).toBe(true);
    expect(troubles).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });

  it('is listed with all the others when none helps', async () => {
    const { error } = await fetching({ '/a': saying('<html>') }, { urls: ['/a', '/b'] });
    expect(String(error)).toMatch(/\/a gave a web page.*; http:\S+\/b answered 404 Not Found\); pull again later/);
  });
});

function startOf(request: string): number {
  return Number(request.match(/bytes=(\d+)-/)?.[1] ?? 0);
}
