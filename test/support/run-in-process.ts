// Runs the command line in this process and collects what it writes.
import { runCommandLine } from '../../src/cli/command-line.ts';

export type Outcome = Readonly<{ code: number; stdout: string; stderr: string }>;

export async function runInProcess(...args: readonly string[]): Promise<Outcome> {
  const stdout = divert(process.stdout);
  const stderr = divert(process.stderr);
  try {
    const code = await runCommandLine(['node', 'onlooker', ...args]);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
  }
}

/** From now on what is written to the stream is kept instead. */
export function divert(stream: NodeJS.WriteStream): Readonly<{ text: () => string; restore: () => void }> {
  const { write } = stream;
  let text = '';
  stream.write = (chunk: string | Uint8Array): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  return {
    text: () => text,
    restore: () => {
      stream.write = write;
    },
  };
}
