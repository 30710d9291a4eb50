// Decides where annotated copies go, and puts them there whole or not at all.

import { constants } from 'node:fs';
import { access, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { messageOf } from '../observation/message-of.ts';
import { AnalyzeError } from './analyze-error.ts';
import { WRITABLE } from './picture-files.ts';

const FILM_EXTENSIONS = ['.mp4', '.mkv', '.mov'];

/** Something an annotated copy is made of. */
export type Original = Readonly<{ kind: 'picture' | 'film'; name: string; path: string | null }>;

export class Output {
  readonly #folder: string;
  /** The one file that was asked for. */
  readonly #file: string | null;
  /** What is analyzed, by real paths. */
  readonly #originals: ReadonlySet<string>;
  readonly #taken = new Set<string>();

  private constructor(folder: string, file: string | null, originals: readonly string[]) {
    this.#folder = folder;
    this.#file = file;
    this.#originals = new Set(originals);
  }

  /**
   * `out` is a folder when `many` copies are to be written, when it is one, or when it ends in a slash; null is here.
   * `originals` are the paths of all that is analyzed.
   */
  static async open(out: string | null, many: boolean, originals: readonly string[]): Promise<Output> {
    const isFolder = out === null || many || out.endsWith('/') || (await isDirectory(out));
    const folder = resolve(isFolder ? (out ?? '.') : dirname(out));
    try {
      if (out !== null && isFolder) await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    } catch (cause) {
      throw cannotWrite(folder, cause);
    }
    const real = await Promise.all(originals.map(realPath));
    return new Output(
      folder,
      isFolder ? null : resolve(out),
      real.flatMap((path) => path ?? []),
    );
  }

  /** Where the copy goes; never where something is that is analyzed, nor where another copy of this run went. */
  async pathFor({ kind, name, path }: Original): Promise<string> {
    const allowed = kind === 'picture' ? WRITABLE : FILM_EXTENSIONS;
    const [usual = ''] = allowed;
    if (this.#file !== null) {
      if (!allowed.includes(extname(this.#file).toLowerCase())) throw wrongExtension(this.#file, kind, allowed);
      if (await this.#isOriginal(this.#file)) throw wouldOverwrite(this.#file);
      return this.#file;
    }
    const own = extname(path ?? '').toLowerCase();
    const extension = kind === 'picture' && allowed.includes(own) ? own : usual;
    let candidate = join(this.#folder, `${name}.analyzed${extension}`);
    for (let number = 2; this.#taken.has(candidate) || (await this.#isOriginal(candidate)); number += 1) {
      candidate = join(this.#folder, `${name}.analyzed-${number}${extension}`);
    }
    this.#taken.add(candidate);
    return candidate;
  }

  async #isOriginal(path: string): Promise<boolean> {
    const real = await realPath(path);
    return real !== null && this.#originals.has(real);
  }
}

/** A name beside it for what is not whole yet; ends in the same extension. */
function partialPath(path: string): string {
  return join(dirname(path), `.${basename(path, extname(path))}.${process.pid}.partial${extname(path)}`);
}

/** Has `fill` write a file beside the final one and renames it when that is done; nothing is left behind otherwise. */
export async function putWhole<T>(path: string, fill: (partial: string) => Promise<T>): Promise<T> {
  const partial = partialPath(path);
  try {
    const result = await fill(partial);
    await rename(partial, path);
    return result;
  } catch (error) {
    await rm(partial, { force: true });
    // Anything else that goes wrong meanwhile is not for want of a place.
    throw error instanceof Error && 'syscall' in error ? cannotWrite(path, error) : error;
  }
}

export function putBytes(path: string, bytes: Buffer): Promise<void> {
  return putWhole(path, (partial) => writeFile(partial, bytes));
}

function cannotWrite(path: string, cause: unknown): AnalyzeError {
  const reason = messageOf(cause);
  return new AnalyzeError('output', `${path} cannot be written: ${reason}. Name another place with --out.`, { cause });
}

function wrongExtension(path: string, kind: Original['kind'], allowed: readonly string[]): AnalyzeError {
  const what = kind === 'picture' ? 'an annotated picture' : 'an annotated film';
  return new AnalyzeError('usage', `${path} is no name for ${what}: let it end in ${allowed.join(' ')}`);
}

function wouldOverwrite(path: string): AnalyzeError {
  return new AnalyzeError(
    'usage',
    `${path} is what is to be analyzed, and is never overwritten. Name another with --out.`,
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Null for what is not there, such as an address. */
function realPath(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}
