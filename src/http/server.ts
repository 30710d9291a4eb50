// Answers requests from this machine alone: a fixed list of paths, each with a function; everything else is refused in words.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { HttpError } from './http-error.ts';

export type Answer = Readonly<{
  status: number;
  type: string;
  body: string | Buffer;
  headers: Readonly<Record<string, string>>;
}>;

/** By path, without a query. */
export type Routes = ReadonlyMap<string, () => Promise<Answer>>;

export type HttpOptions = Readonly<{
  /** 0 for any free port. */
  port: number;
  routes: Routes;
  /** How long a request may take to arrive. */
  patienceMs?: number;
}>;

export type HttpServer = Readonly<{ port: number; url: string; close(): Promise<void> }>;

type Logger = Readonly<{ warn(fields: Readonly<Record<string, unknown>>, message: string): void }>;

const HOST = '127.0.0.1';
/** A page elsewhere could have its name resolve to this machine and read what is served here (DNS rebinding). */
const OWN_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
const METHODS: readonly (string | undefined)[] = ['GET', 'HEAD'];
const MAX_HEADER_BYTES = 8192;
const MAX_CONNECTIONS = 64;
const PATIENCE_MS = 10_000;
const TEXT = 'text/plain; charset=utf-8';
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Throws an HttpError when the port cannot be had. */
export async function startHttp(options: HttpOptions, logger: Logger): Promise<HttpServer> {
  const { routes, patienceMs = PATIENCE_MS } = options;
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: patienceMs,
      requestTimeout: patienceMs,
      connectionsCheckingInterval: patienceMs,
      keepAliveTimeout: patienceMs,
    },
    (request, response) => {
      respond(routes, request)
        .catch((error: unknown): Answer => {
          logger.warn({ err: error, path: request.url }, 'could not answer a request');
          return refusal(500, 'This should not have happened; the log says why.');
        })
        .then((answer) => send(answer, request, response));
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listen(server, options.port, logger);
  return {
    port,
    url: `http://${HOST}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(routes: Routes, { headers, method, url = '' }: IncomingMessage): Promise<Answer> {
  if (!OWN_NAMES.test(headers.host ?? '')) return refusal(403, `Only ${HOST} and localhost are served here.`);
  const route = routes.get(url.split('?', 1)[0] ?? '');
  if (route === undefined)
    return refusal(404, `Nothing is here. There is: ${[...routes.keys()].join(' ') || 'nothing'}`);
  if (METHODS.includes(method)) return route();
  return refusal(405, `Only ${METHODS.join(' and ')} are allowed.`, { allow: METHODS.join(', ') });
}

function refusal(status: number, words: string, headers: Answer['headers'] = {}): Answer {
  return { status, type: TEXT, body: `${words}\n`, headers };
}

function send({ status, type, body, headers }: Answer, request: IncomingMessage, response: ServerResponse): void {
  // What a refused request still has to say is not waited for.
  if (status >= 400) response.shouldKeepAlive = false;
  response.writeHead(status, {
    ...HEADERS,
    ...headers,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function listen(server: Server, port: number, logger: Logger): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) => {
      const isTaken = 'code' in cause && cause.code === 'EADDRINUSE';
      const problem = isTaken ? 'is taken' : `cannot be opened (${cause.message})`;
      reject(new HttpError(`Port ${port} on ${HOST} ${problem}: choose another http.port, or 0 for any.`, { cause }));
    };
    server.once('error', failed);
    server.listen(port, HOST, () => {
      server.off('error', failed);
      // Such as no file descriptor for one more connection; those that there are go on.
      server.on('error', (error) => logger.warn({ err: error }, 'could not accept a connection'));
      const address = server.address();
      resolve(address === null || typeof address === 'string' ? port : address.port);
    });
  });
}
