// Runs the command line in this process and collects what it writes.
import { runCommandLine } from '../../src/cli/command-line.ts';
import { tempFolder } from './temp-folder.ts';

export type Outcome = Readonly<{ code: number; stdout: string; stderr: string }>;

export async function runInProcess(...args: readonly string[]): Promise<Outcome> {
  const stdout = divert(process.stdout);
  const stderr = divert(process.stderr);
  const { TMPDIR } = process.env;
  // The folder that it leaves for its user is removed with the test.
  process.env['TMPDIR'] = tempFolder();
  try {
    const code = await runCommandLine(['node', 'onlooker', ...args]);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
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
