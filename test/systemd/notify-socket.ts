// A real datagram socket in the place of systemd's, and what was sent to it. Node has none, so socat listens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';

export type NotifySocket = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  /** Fields of all datagrams so far, without the process id and the barrier that the program adds. */
  received(): readonly string[];
}>;

export async function openNotifySocket(watchdogMs?: number): Promise<NotifySocket> {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-notify-'));
  const path = join(folder, 'socket');
  const socat = spawn('socat', ['-u', `UNIX-RECV:${path}`, '-'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(socat, 'close');
  let text = '';
  socat.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  onTestFinished(async () => {
    socat.kill();
    await closed;
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });
  await eventually(() => existsSync(path), Boolean);
  // The package systemd-notify reads the environment of the process.
  vi.stubEnv('NOTIFY_SOCKET', path);
  const watchdog = watchdogMs === undefined ? {} : { WATCHDOG_USEC: String(watchdogMs * 1000) };
  return {
    env: { ...process.env, ...watchdog },
    received: () => fieldsIn(text),
  };
}

/** Datagrams come without a separator between them; each of their fields begins with a word in capitals. */
function fieldsIn(text: string): readonly string[] {
  return text
    .split(/\n|(?=(?:READY|STATUS|WATCHDOG|STOPPING|MAINPID|BARRIER)=)/)
    .filter((field) => field !== '' && !/^(MAINPID|BARRIER)=/.test(field));
}
