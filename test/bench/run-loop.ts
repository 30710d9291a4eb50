// Runs one of the programs compared to its end and reads what it prints.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type LoopFigures, loopFiguresSchema } from './loop-figures.ts';
import { type OwnFigures, type OwnSetup, ownFiguresSchema } from './own-figures.ts';
import type { SpeedPack } from './speed-pack.ts';

const HOOKS = fileURLToPath(new URL('../support/typescript-hooks.mjs', import.meta.url));

export async function runOwn(setup: OwnSetup): Promise<OwnFigures> {
  return ownFiguresSchema.parse(
    await printed(process.execPath, ['--import', HOOKS, here('own-loop.ts'), JSON.stringify(setup)]),
  );
}

/** `threads` of OpenCV; 0 leaves it to OpenCV, which takes all cores. */
export async function runClassic(
  film: string,
  { detector, age, gender }: SpeedPack,
  threads: number,
): Promise<LoopFigures> {
  const nets = Object.entries({ face: detector, age, gender }).flatMap(([name, { weights, definition }]) => [
    `--${name}=${weights}`,
    `--${name}-definition=${definition}`,
  ]);
  const args = [here('classic-loop.py'), '--film', film, '--threads', String(threads), ...nets];
  return loopFiguresSchema.parse(await printed(PYTHON, args));
}

export async function runFaceApi(film: string, detector: 'ssd' | 'tiny'): Promise<LoopFigures> {
  return loopFiguresSchema.parse(
    await printed(process.execPath, ['--import', HOOKS, here('face-api-loop.ts'), film, detector]),
  );
}

/** The system's own, which finds the system's packages; another one may come first in the path. */
export const PYTHON = '/usr/bin/python3';

function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function printed(program: string, args: readonly string[]): Promise<unknown> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with code ${code}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}
