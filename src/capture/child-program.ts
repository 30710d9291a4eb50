// What every program we start has in common: the kernel kills it when we die, and the end of what it says is kept.

/** The command and arguments for spawn; the program dies with us even while it is stopped or busy in native code. */
export function dyingWithUs(program: string, args: readonly string[]): readonly [string, string[]] {
  return ['setpriv', ['--pdeathsig', 'KILL', program, ...args]];
}

const CHARACTERS_KEPT = 2000;

/** The end of what was said so far, which holds the reason of a failure. */
export function lastWords(said: string, more: Buffer): string {
  return (said + more.toString()).slice(-CHARACTERS_KEPT);
}
