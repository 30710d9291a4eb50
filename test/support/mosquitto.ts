// Runs a real mosquitto, Debian's package of that name, on a free port for one test.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { tempFolder } from './temp-folder.ts';

export type Mosquitto = Readonly<{
  port: number;
  url: string;
  /** Stops it in the middle of everything: connections stay open, nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Ends it without a farewell. */
  kill(): Promise<void>;
  /** Asks it to end; it writes down what it is to keep. */
  stop(): Promise<void>;
}>;

export type MosquittoOptions = Readonly<{
  port?: number;
  /** The only one who may connect. */
  user?: Readonly<{ name: string; password: string }>;
  /** Lines of an access control list. */
  accessControl?: readonly string[];
  /** How many messages it keeps for a client that is away; else 1,000, and those beyond are lost. */
  queue?: number;
  /** Folder in which it keeps retained messages and sessions; none for one that forgets. */
  memory?: string;
}>;

const PROGRAM = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path)) ?? null;

/** Use it as `it.skipIf(noMosquitto)`. */
export const noMosquitto = PROGRAM === null;

export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  if (PROGRAM === null) throw new Error('mosquitto is not installed: apt-get install mosquitto');
  const port = options.port ?? (await freePort());
  const folder = tempFolder();
  writeFileSync(join(folder, 'mosquitto.conf'), configuration(folder, port, options));
  const child = spawn(PROGRAM, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
  onTestFinished(() => end(child));
  await eventually(() => accepts(port), Boolean);
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    kill: () => end(child),
    stop: () => end(child, 'SIGTERM'),
  };
}

function configuration(folder: string, port: number, { user, accessControl, queue, memory }: MosquittoOptions): string {
  const lines = [`listener ${port} 127.0.0.1`, `allow_anonymous ${user === undefined}`];
  // Started by root it would become another user, who cannot read the files beside its configuration.
  if (process.getuid?.() === 0) lines.push('user root');
  if (queue !== undefined) lines.push(`max_queued_messages ${queue}`);
  if (memory !== undefined) lines.push('persistence true', `persistence_location ${memory}/`);
  if (user !== undefined) {
    const file = join(folder, 'passwords');
    execFileSync('mosquitto_passwd', ['-b', '-c', file, user.name, user.password]);
    lines.push(`password_file ${file}`);
  }
  if (accessControl !== undefined) {
    const file = join(folder, 'access');
    writeFileSync(file, `${accessControl.join('\n')}\n`, { mode: 0o600 });
    lines.push(`acl_file ${file}`);
  }
  return `${lines.join('\n')}\n`;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
