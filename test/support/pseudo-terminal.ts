// Runs the built program on a pseudo-terminal, as a person at a keyboard does: `script` of util-linux makes it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';

export type PseudoTerminal = Readonly<{
  /** All that was shown so far, without colors and movements. */
  shown(): string;
  /** The same as it came. */
  raw(): string;
  /** Waits for a question that was not answered yet, and types the answer and Enter. */
  answer(question: string | RegExp, text: string): Promise<void>;
  /** Keys without Enter, once the question is there. */
  press(question: string | RegExp, keys: string): Promise<void>;
  /** The exit code. */
  ended: Promise<number | null>;
}>;

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const PATIENCE_MS = 40_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const SEQUENCES = /\u001b\[[\d;?]*[A-Za-z]/g;

export function startOnTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}): PseudoTerminal {
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const child = spawn(
    'setpriv',
    [
      ...['--pdeathsig', 'KILL', 'script', '--quiet', '--return', '--flush'],
      ...['--command', `stty cols 100 rows 40 && exec ${command}`, '/dev/null'],
    ],
    { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let raw = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const shown = () => raw.replaceAll(SEQUENCES, '').replaceAll('\r', '');
  let answered = 0;
  const press = async (question: string | RegExp, keys: string) => {
    const place = (text: string) => {
      const rest = text.slice(answered);
      return typeof question === 'string' ? rest.indexOf(question) : rest.search(question);
    };
    const text = await eventually(shown, (now) => place(now) !== -1 || child.exitCode !== null, PATIENCE_MS);
    if (place(text) === -1) throw new Error(`it ended without asking ${question}: ${text}`);
    answered += place(text) + 1;
    child.stdin.write(keys);
  };
  return { shown, raw: () => raw, press, answer: (question, text) => press(question, `${text}\r`), ended };
}
