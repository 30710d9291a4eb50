// A network camera that sends video over HTTP, for one test: what ffmpeg makes, in the time that it takes.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { listening } from './listening.ts';

export type HttpCamera = Readonly<{
  port: number;
  /** What it was asked for, with the user and password that came with it. */
  asked: readonly Readonly<{ path: string; user: string | null }>[];
  /** Stops in the middle of everything: connections stay open, nothing comes. */
  freeze(): void;
  /** Breaks every connection off. */
  kill(): void;
}>;

export type Part = Readonly<{ size: string; framesPerSecond: number; seconds?: number; color?: string }>;

/** Frames without times, one JPEG after the other, as most cameras send them. */
export const MJPEG = ['-f', 'mpjpeg', '-boundary_tag', 'frame'];
/** Video in packets, as encoders send it. */
export const MPEG_TS = ['-c:v', 'mpeg2video', '-f', 'mpegts'];

/** Sends the parts one after the other, each in its own time. */
export function cameraOf(format: readonly string[], parts: readonly Part[]): Promise<HttpCamera> {
  const running = new Set<ChildProcessByStdio<null, Readable, null>>();
  onTestFinished(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  const film = async (response: ServerResponse): Promise<void> => {
    response.setHeader('content-type', format === MJPEG ? 'multipart/x-mixed-replace;boundary=frame' : 'video/mp2t');
    for (const part of parts) {
      const child = spawn('ffmpeg', makingOf(part, format), { stdio: ['ignore', 'pipe', 'inherit'] });
      running.add(child);
      response.once('close', () => child.kill('SIGKILL'));
      for await (const bytes of child.stdout) response.write(bytes);
      running.delete(child);
    }
    response.end();
  };
  return serving((_request, response) => void film(response), {
    freeze: () => {
      for (const child of running) child.kill('SIGSTOP');
    },
  });
}

/** Answers as it is told; null is no answer at all. */
export function answering(status: number | null, body: string | Buffer = ''): Promise<HttpCamera> {
  return serving((_request, response) => {
    if (status === 401) response.setHeader('www-authenticate', 'Basic realm="camera"');
    if (status !== null) response.writeHead(status).end(body);
  });
}

async function serving(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  { freeze = () => undefined }: Partial<Pick<HttpCamera, 'freeze'>> = {},
): Promise<HttpCamera> {
  const asked: { path: string; user: string | null }[] = [];
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    const [, encoded] = headers.authorization?.split('Basic ') ?? [];
    asked.push({ path: url, user: encoded === undefined ? null : Buffer.from(encoded, 'base64').toString() });
    answer(request, response);
  });
  return { port: await listening(server), asked, freeze, kill: () => server.closeAllConnections() };
}

function makingOf({ size, framesPerSecond, seconds, color }: Part, format: readonly string[]): readonly string[] {
  const length = seconds === undefined ? '' : `:duration=${seconds}`;
  const source = `${color === undefined ? 'testsrc=' : `color=${color}:`}size=${size}:rate=${framesPerSecond}${length}`;
  return ['-nostdin', '-loglevel', 'error', '-re', '-f', 'lavfi', '-i', source, ...format, 'pipe:1'];
}
