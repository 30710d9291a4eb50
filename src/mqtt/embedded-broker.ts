// The broker inside the daemon, for this machine only: it needs no installation and lives and dies with the daemon.
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { AEDES_LIMITS, limitClients, MAX_PACKET_BYTES } from './client-limits.ts';
import { HOST, type Listener, listen } from './listen.ts';
import { limitPackets } from './packet-gate.ts';
import { originRefusal } from './web-origin.ts';

export type BrokerOptions = Readonly<{
  /** 0 for any free port. */
  port: number;
  /** Null for no WebSocket, 0 for any free port. */
  webSocketPort: number | null;
  /** Of the web pages that may connect beside those of this machine; `null` is the origin of a page that is a file. */
  webSocketOrigins?: readonly string[];
}>;

export type Broker = Readonly<{
  port: number;
  url: string;
  webSocketPort: number | null;
  webSocketUrl: string | null;
  close(): Promise<void>;
}>;

type Refused = (reason: string) => void;

/** Calls `refused` with what it does not take, whose sender is cut. Throws an MqttError when a port cannot be had. */
export async function startBroker(
  { port, webSocketPort, webSocketOrigins = [] }: BrokerOptions,
  refused: Refused = () => undefined,
): Promise<Broker> {
  const aedes = new Aedes(AEDES_LIMITS);
  // Aedes drops a message that another one has overtaken on its way to a subscriber, taking it for a copy by its number, and a
  // retained message is overtaken easily (its issues 955 and 994). A broker without a name marks no copies.
  aedes.id = '';
  await aedes.listen();
  limitClients(aedes, refused);
  const handle = (connection: Duplex) => {
    limitPackets(connection, MAX_PACKET_BYTES, refused);
    aedes.handle(connection);
  };
  const listeners: Listener[] = [];
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => aedes.close(resolve));
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  try {
    const tcp = await listenTcp(port, handle, refused);
    listeners.push(tcp);
    const web = webSocketPort === null ? null : await listenWebSocket(webSocketPort, webSocketOrigins, handle, refused);
    if (web !== null) listeners.push(web);
    return {
      port: tcp.port,
      url: `mqtt://${HOST}:${tcp.port}`,
      webSocketPort: web?.port ?? null,
      webSocketUrl: web && `ws://${HOST}:${web.port}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listenTcp(port: number, handle: (connection: Duplex) => void, refused: Refused): Promise<Listener> {
  const remedy = `point mqtt.url at the broker that is there (mqtt://${HOST}:${port}), or choose another mqtt.port`;
  return listen(createServer(handle), port, remedy, refused);
}

function listenWebSocket(
  port: number,
  origins: readonly string[],
  handle: (connection: Duplex) => void,
  refused: Refused,
): Promise<Listener> {
  const sockets = new WebSocketServer({
    noServer: true,
    // Of a frame, in which several packets may come; it is kept until it is here whole.
    maxPayload: 2 * MAX_PACKET_BYTES,
    verifyClient: ({ origin }: Readonly<{ origin: string | undefined }>, done) => {
      const problem = originRefusal(origin, origins);
      if (problem !== null) refused(problem);
      done(problem === null, 403, 'This page may not connect: see mqtt.webSocketOrigins.');
    },
  });
  const server = createHttpServer((_request, response) =>
    response.writeHead(426).end('Only WebSocket is spoken here.\n'),
  );
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => handle(createWebSocketStream(webSocket)));
  });
  return listen(server, port, 'choose another mqtt.webSocketPort', refused);
}
