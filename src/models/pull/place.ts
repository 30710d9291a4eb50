// Brings a file under its final name, by a rename only and only when it is what the manifest says.
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileProblem } from '../file-check.ts';
import { ModelError } from '../model-error.ts';
import type { FileContent } from '../source-schema.ts';
import { HEAD_BYTES, impostorIn } from './impostor.ts';

/** Where a file grows; it is found again there when the download goes on. */
export function partialOf(path: string): string {
  return `${path}.partial`;
}

/** 0 where there is no such file. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
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

/** The partial file goes, so that it does not keep a disk full. */
export function cannotWrite(path: string, cause: unknown): ModelError {
  try {
    rmSync(partialOf(path), { force: true });
  } catch {
    // A read-only file system: nothing was written there.
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const remedy = 'make room or grant access, or name another folder with models.folder, then pull again';
  return new ModelError(path, `cannot be written (${reason})`, { remedy, cause });
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
