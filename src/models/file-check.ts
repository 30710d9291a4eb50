// Compares a file with the size and hash that the manifest states for it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codeOf } from '../observation/code-of.ts';
import { reasonOf } from './reason.ts';
import type { FileContent } from './source-schema.ts';

/** What is wrong with the file, or null when it is as stated. */
export function fileProblem(path: string, expected: FileContent): string | null {
  let found: Uint8Array;
  try {
    found = readFileSync(path);
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'is missing' : `cannot be read (${reasonOf(error)})`;
  }
  if (found.length !== expected.bytes) return `has ${found.length} bytes instead of ${expected.bytes}`;
  const sha256 = sha256Of(found);
  return sha256 === expected.sha256 ? null : `has SHA-256 ${sha256} instead of ${expected.sha256}`;
}

/** Size and hash of a file; throws what reading it throws. */
export function contentOf(path: string): FileContent {
  const content = readFileSync(path);
  return { bytes: content.length, sha256: sha256Of(content) };
}

function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
