// The subscriber that users try first: Debian's mosquitto_sub.
import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Returns how to read what it has printed so far. */
export function subscribeWithProgram(port: number): () => string {
  const child = spawn('mosquitto_sub', ['-h', '127.0.0.1', '-p', String(port), '-t', 'onlooker/#', '-v'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  onTestFinished(() => {
    child.kill();
  });
  return () => printed;
}
