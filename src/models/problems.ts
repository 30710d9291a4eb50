// Puts into words what is wrong with a description, for people who wrote it.
import { z } from 'zod';

/** An issue of zod is one, too. */
export type Problem = Readonly<{ path: readonly PropertyKey[]; message: string }>;

export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => `${z.core.toDotPath(path) || 'the file'}: ${message}`).join('; ');
}
