// Turns what the user named into pictures and films; what cannot be read becomes a problem, and the rest goes on.

import { statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { isStreamAddress } from '../capture/address.ts';
import { picturesIn } from '../capture/pictures.ts';
import { messageOf } from '../observation/message-of.ts';
import { AnalyzeError } from './analyze-error.ts';
import { isAnalyzed, isPicture } from './picture-files.ts';

export type Input =
  | Readonly<{ kind: 'picture'; path: string; name: string }>
  /** Not looked at yet: asking a server may take seconds. */
  | Readonly<{ kind: 'video'; path: string }>
  | Readonly<{ kind: 'problem'; error: AnalyzeError }>;

export function expandInputs(named: readonly string[]): readonly Input[] {
  return named.flatMap((path): Input | readonly Input[] => {
    if (isStreamAddress(path)) return { kind: 'video', path };
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) return problem(`There is no file or folder ${path}. Check the path.`);
      if (found.isDirectory()) return picturesOf(path).map(pictureAt);
      return isPicture(path) ? pictureAt(path) : { kind: 'video', path };
    } catch (cause) {
      return problem(messageOf(cause), cause);
    }
  });
}

/** Whether the results of these are several files, so that they need a folder. */
export function areMany(named: readonly string[]): boolean {
  return named.length > 1 || named.some(isFolder);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Whatever it is, it cannot be looked at.
    return false;
  }
}

/** Named as the user would: below the folder as it was given. */
function picturesOf(folder: string): readonly string[] {
  const names = picturesIn(folder).map((path) => basename(path));
  const own = names.filter((name) => !isAnalyzed(name));
  if (own.length === 0) throw new AnalyzeError('input', `${folder} holds only pictures that were analyzed already.`);
  return own.map((name) => join(folder, name));
}

function pictureAt(path: string): Input {
  return { kind: 'picture', path, name: basename(path, extname(path)) };
}

function problem(message: string, cause?: unknown): Input {
  return { kind: 'problem', error: new AnalyzeError('input', message, { cause }) };
}
