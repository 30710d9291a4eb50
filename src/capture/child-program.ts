// What every program we start has in common: the kernel ends it when we die, secrets reach it alone, the end of what it says is kept.
import { type ChildProcess, type ChildProcessByStdio, type SpawnOptions, spawn } from 'node:child_process';
import { type Readable, Writable } from 'node:stream';
import type { CaptureSource } from './source.ts';

/** The command and arguments for spawn; the program dies with us even while it is stopped or busy in native code. */
export function dyingWithUs(
  program: string,
  args: readonly string[],
  deathSignal: CaptureSource['deathSignal'] = 'KILL',
): readonly [string, string[]] {
  return ['setpriv', ['--pdeathsig', deathSignal, program, ...args]];
}

/** What a program inherits of our environment: not the socket on which it would speak to systemd in our name, as timedatectl does. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const { NOTIFY_SOCKET: _, ...env } = process.env;
  return env;
}

/** Starts a program whose output and complaints are to be read. */
export function spawnToRead(
  [program, args]: readonly [string, readonly string[]],
  secret: string | null,
  options: Omit<SpawnOptions, 'stdio'>,
): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe', secretDescriptor(secret)] });
  tellSecret(child, secret);
  // The types of Node know no program with a fourth descriptor; the first three are as they say.
  return child as ChildProcessByStdio<null, Readable, Readable>;
}

/** What spawn is to make of descriptor 3 of the program. */
export function secretDescriptor(secret: string | null): 'pipe' | 'ignore' {
  return secret === null ? 'ignore' : 'pipe';
}

/** Hands the secret to a program whose descriptor 3 was made for it. */
export function tellSecret({ stdio: [, , , descriptor] }: ChildProcess, secret: string | null): void {
  if (secret === null || !(descriptor instanceof Writable)) return;
  // A program that ended before it read the secret says why by itself.
  descriptor.on('error', () => undefined);
  descriptor.end(secret);
}

const CHARACTERS_KEPT = 2000;

/** The end of what was said so far, which holds the reason of a failure; in whole lines, since a part of an address hides its secrets badly. */
export function lastWords(said: string, more: Buffer): string {
  const all = said + more.toString();
  const end = all.slice(-CHARACTERS_KEPT);
  if (end.length === all.length) return end;
  const line = end.indexOf('\n');
  return line === -1 ? '' : end.slice(line + 1);
}
