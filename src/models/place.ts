// Brings a file under its final name, by a rename only and only when it is what the manifest says.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fileProblem } from './file-check.ts';
import { ModelError } from './model-error.ts';
import { HEAD_BYTES, impostorIn } from './pull/impostor.ts';
import { reasonOf } from './reason.ts';
import type { FileContent } from './source-schema.ts';

/** Where a file grows; a download is found again there when it goes on. */
export function partialOf(path: string): string {
  return `${path}.partial`;
}

/** How much of a file is there that is not whole yet; throws a ModelError where nobody lets us look. */
export function partialSize(path: string): number {
  try {
    return statSync(partialOf(path), { throwIfNoEntry: false })?.size ?? 0;
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** Null when the file is at its place; else what was wrong with it, and the partial file is gone. */
export function place(path: string, expected: FileContent): string | null {
  const partial = partialOf(path);
  const problem = fileProblem(partial, expected);
  // A second pull at the same time may have placed it.
  if (!existsSync(partial)) return fileProblem(path, expected);
  if (problem !== null) {
    const impostor = impostorIn(headOf(partial));
    rmSync(partial, { force: true });
    return impostor === null ? problem : `is ${impostor} instead of the model`;
  }
  try {
    renameSync(partial, path);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  return null;
}

/** Writes the content and places it; what a killed run left of the file is overwritten. */
export function placeContent(path: string, content: Uint8Array | string, expected: FileContent): string | null {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partialOf(path), content, { flush: true });
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  return place(path, expected);
}

/** The partial file goes, so that it does not keep a disk full. */
export function cannotWrite(path: string, cause: unknown): ModelError {
  try {
    rmSync(partialOf(path), { force: true });
  } catch {
    // A read-only file system: nothing was written there.
  }
  const remedy = 'make room or grant access (or set models.folder, to pull elsewhere), then run the same command again';
  return new ModelError(path, `cannot be written (${reasonOf(cause)})`, { remedy, cause });
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}
