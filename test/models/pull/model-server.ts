// A web server that publishes model files well or badly, and notes what it is asked for.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export type Behavior = (response: ServerResponse, request: IncomingMessage) => void;
export type ModelServer = Readonly<{
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Path and range of every request, such as `/a.bin bytes=5-`. */
  requests: readonly string[];
}>;

/** A path without a behavior is not found. */
export async function modelServer(behaviors: Readonly<Record<string, Behavior>>): Promise<ModelServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push([path, request.headers.range].filter((part) => part !== undefined).join(' '));
    const behavior = behaviors[path];
    if (behavior === undefined) response.writeHead(404).end('no such file');
    else behavior(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { origin: `http://127.0.0.1:${address.port}`, requests };
}

/** As a good server does: the whole, or the part that is asked for. */
export function serving(content: Uint8Array): Behavior {
  return (response, { headers: { range } }) => {
    const from = startOf(range);
    if (from === null) response.writeHead(200, { 'content-length': content.length }).end(content);
    else if (from >= content.length) response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    else response.writeHead(206, partHeaders(from, content.length)).end(content.subarray(from));
  };
}

/** Sends so many bytes of what is asked for, then cuts the line; `hasRanges`: whether it knows of parts. */
export function breakingAfter(bytes: number, content: Uint8Array, { hasRanges = true } = {}): Behavior {
  return (response, { headers: { range } }) => {
    const from = hasRanges ? startOf(range) : null;
    if (from === null) response.writeHead(200, { 'content-length': content.length });
    else response.writeHead(206, partHeaders(from, content.length));
    const start = from ?? 0;
    response.write(content.subarray(start, start + bytes), () => response.socket?.end());
  };
}

/** Sends so many bytes and then nothing, without an end. */
export function stallingAfter(bytes: number, content: Uint8Array): Behavior {
  return (response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, bytes));
  };
}

export function redirectingTo(location: string): Behavior {
  return (response) => response.writeHead(302, { location }).end();
}

/** The whole, whatever is asked for; with or without the announcement of its length. */
export function saying(content: string | Uint8Array, { hasLength = true } = {}): Behavior {
  return (response) => {
    response.writeHead(200, hasLength ? { 'content-length': content.length } : {});
    response.write(content);
    response.end();
  };
}

function startOf(range: string | undefined): number | null {
  const [, from] = range?.match(/^bytes=(\d+)-$/) ?? [];
  return from === undefined ? null : Number(from);
}

function partHeaders(from: number, total: number) {
  return { 'content-range': `bytes ${from}-${total - 1}/${total}`, 'content-length': total - from };
}
