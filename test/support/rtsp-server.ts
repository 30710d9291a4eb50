// Runs a real network camera for one test: GStreamer's RTSP server, Debian's package gir1.2-gst-rtsp-server-1.0.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export type RtspServer = Readonly<{
  port: number;
  /** Stops it in the middle of everything: connections stay open, nothing comes. */
  freeze(): void;
  thaw(): void;
  /** Ends it without a farewell. */
  kill(): Promise<void>;
}>;

export type RtspServerOptions = Readonly<{
  port?: number;
  /** The only one who may watch. */
  user?: Readonly<{ username: string; password: string }>;
}>;

const PROGRAM = fileURLToPath(new URL('rtsp-server.py', import.meta.url));
/** Debian's, which knows Debian's modules; another one may come first in PATH. */
const PYTHON = '/usr/bin/python3';

/** Use it as `it.skipIf(noRtspServer)`. */
export const noRtspServer =
  spawnSync(PYTHON, ['-c', 'import gi; gi.require_version("GstRtspServer", "1.0")'], { stdio: 'ignore' }).status !== 0;

export async function startRtspServer({ port = 0, user }: RtspServerOptions = {}): Promise<RtspServer> {
  const args = [PROGRAM, String(port), ...(user === undefined ? [] : [user.username, user.password])];
  // Nothing is left behind when the test itself is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', PYTHON, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => end(child));
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return {
    port: Number(line),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    kill: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
