// Web pages and LFS pointers are told from models, whatever stands in front of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { impostorIn } from '../../../src/models/pull/impostor.ts';
import { PREPARED_MODELS } from '../../../src/models/repair.ts';

describe('an impostor', () => {
  it.each([
    ['<!DOCTYPE html>\n<html><head>'],
    ['<!doctype HTML>'],
    ['\n  <html lang="en">'],
    ['\ufeff<html>'],
    ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">'],
    ['<!-- saved from a portal -->\n<html>'],
    ['<script>location="http://portal/"</script>'],
  ])('is the web page that begins with %j', (text) => {
    expect(impostorIn(Buffer.from(text))).toContain('a web page');
  });

  it('is a pointer of Git LFS', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:6dde5d07\nsize 45661480\n';
    expect(impostorIn(Buffer.from(pointer))).toContain('a Git LFS pointer');
  });
});

describe('no impostor', () => {
  it.each([
    ['a network definition', 'name: "CaffeNet"\ninput: "data"\n'],
    ['a cascade', `<?xml version="1.0"?>\n<!--\n${'terms and <html> '.repeat(60)}\n-->\n<opencv_storage>`],
    ['a cascade with a short comment', '<?xml version="1.0"?>\n<!-- stumps -->\n<opencv_storage>'],
    ['nothing', ''],
  ])('is %s', (_, text) => {
    expect(impostorIn(Buffer.from(text))).toBeNull();
  });

  it.each(['full-range.onnx', 'faceres.caffemodel', 'faceres.prototxt'])('is %s', (name) => {
    expect(impostorIn(readFileSync(join(PREPARED_MODELS, name)))).toBeNull();
  });
});
