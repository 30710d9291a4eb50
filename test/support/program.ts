// Runs the built program as its users do, and collects what it says.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';
import { tempFolder } from './temp-folder.ts';

export type Ended = Readonly<{
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}>;

type LogLine = Readonly<Record<string, unknown>>;

export type Program = Readonly<{
  pid: number;
  ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  stdout(): string;
  /** Waits for a line of the log with this message. */
  logged(message: string, withinMs?: number): Promise<LogLine>;
}>;

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Loading the nets takes seconds where other tests want the processor, too. */
const START_PATIENCE_MS = 40_000;

export function startProgram(args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  return startScript([MAIN, ...args], env);
}

/** A program of the tests that logs as ours does: the path of its JavaScript, then its arguments. */
export function startScript(scriptAndArgs: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  // Nothing is left behind when the test itself is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, ...scriptAndArgs], {
    // The folder that it leaves for its user is removed with the test.
    env: { ...process.env, TMPDIR: tempFolder(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
    stdout,
    stderr,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('setpriv is not installed: apt-get install util-linux');
  const find = (message: string) => logLines(stdout).find(({ msg }) => msg === message) ?? null;
  return {
    pid,
    ended,
    kill: (signal) => child.kill(signal),
    stdout: () => stdout,
    logged: async (message, withinMs = START_PATIENCE_MS) => {
      const look = () => ({ line: find(message), said: stdout + stderr });
      const { line } = await eventually(look, (seen) => seen.line !== null || child.exitCode !== null, withinMs);
      if (line === null) throw new Error(`it ended without the message "${message}": ${stdout}${stderr}`);
      return line;
    },
  };
}

export function runProgram(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startProgram(args, env).ended;
}

/** Only whole lines: the last one may still be on its way. */
function logLines(stdout: string): readonly LogLine[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{'))
    .map((line): LogLine => JSON.parse(line));
}
