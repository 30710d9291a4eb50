// Looks for a program on the PATH, without starting it and without a shell.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type IsInstalled = (program: string) => boolean;

/** `path` as the environment has it; a program with a slash in its name is a file of its own. */
export function installedOn(path: string | undefined): IsInstalled {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  return (program) =>
    program.includes('/') ? isExecutable(program) : folders.some((folder) => isExecutable(join(folder, program)));
}

/** The first of them that is there. */
export function firstInstalled<Program extends string>(
  programs: readonly Program[],
  isInstalled: IsInstalled,
): Program | null {
  return programs.find(isInstalled) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not ours to start
  }
}
