// Knows pictures by their name or their first bytes, and which formats can be written.
import { closeSync, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';

/** In the order in which they are named to people. */
export const WRITABLE = ['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.tif', '.tiff'];

const SIGNATURES: readonly (readonly [offset: number, text: string])[] = [
  [0, '\xff\xd8\xff'],
  [0, '\x89PNG'],
  [8, 'WEBP'],
  [0, 'BM'],
  [0, 'II*\0'],
  [0, 'MM\0*'],
];
const BYTES_READ = 12;

export function isPicture(path: string): boolean {
  return WRITABLE.includes(extname(path).toLowerCase()) || hasSignature(path);
}

/** Pictures that this program wrote are no input of a folder. */
export function isAnalyzed(name: string): boolean {
  return /\.analyzed(-\d+)?\.\w+$/.test(name);
}

function hasSignature(path: string): boolean {
  const first = Buffer.alloc(BYTES_READ);
  const file = openSync(path, 'r');
  try {
    readSync(file, first, 0, BYTES_READ, 0);
  } finally {
    closeSync(file);
  }
  return SIGNATURES.some(([offset, text]) => first.toString('latin1', offset, offset + text.length) === text);
}
