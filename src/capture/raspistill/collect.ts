// Runs a program to its end and keeps all that it wrote, and of its complaints the line that says most.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dyingWithUs, lastWords } from '../child-program.ts';
import { complaintIn } from '../complaint.ts';

export type Collected = Readonly<{
  bytes: Buffer;
  exitCode: number | null;
  /** What it complained of, or how it ended when it did not. */
  reason: string;
}>;

/** Rejects when `stop` is given before its end. */
export async function collect(
  [program, ...args]: readonly [string, ...string[]],
  stop: AbortSignal,
  input: Buffer | null = null,
): Promise<Collected> {
  const child = spawn(...dyingWithUs(program, args), { stdio: ['pipe', 'pipe', 'pipe'], signal: stop });
  const parts: Buffer[] = [];
  let complaints = '';
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = lastWords(complaints, chunk);
  });
  // One that ends before it has read all says why by itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? undefined);
  await once(child, 'close');
  const { exitCode, signalCode } = child;
  const reason = complaintIn(complaints).words ?? `${program} ended with ${exitCode ?? signalCode}`;
  return { bytes: Buffer.concat(parts), exitCode, reason };
}
