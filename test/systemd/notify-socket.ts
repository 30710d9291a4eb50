// A real datagram socket in the place of systemd's, and what was sent to it. Node has none, so socat listens.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';

export type NotifySocket = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  /** Fields of all datagrams so far, without the barrier and the process id (since systemd 257 MAINPIDFDID, too) that the program adds. */
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
  refuseDescriptors(socat.pid);
  // The package systemd-notify reads the environment of the process.
  vi.stubEnv('NOTIFY_SOCKET', path);
  const watchdog = watchdogMs === undefined ? {} : { WATCHDOG_USEC: String(watchdogMs * 1000) };
  return {
    env: { ...process.env, ...watchdog },
    received: () => fieldsIn(text),
  };
}

/**
 * The program sends the end of a pipe and waits up to five seconds until systemd closes it. socat would keep it open; a
 * process that may open no more descriptors never gets it.
 */
function refuseDescriptors(pid: number | undefined): void {
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let limit = 0;
  while (open.has(limit)) limit += 1;
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${limit}`]);
}

/** Datagrams come without a separator between them; each of their fields begins with a word in capitals. */
function fieldsIn(text: string): readonly string[] {
  return text
    .split(/\n|(?=(?:READY|STATUS|WATCHDOG|RELOADING|STOPPING|MAINPID(?:FD|FDID)?|BARRIER|ERRNO)=)/)
    .filter((field) => field !== '' && !/^(MAINPID(FD|FDID)?|BARRIER)=/.test(field));
}
