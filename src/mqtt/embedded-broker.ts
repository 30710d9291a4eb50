// The broker inside the daemon, for this machine only: it needs no installation and lives and dies with the daemon.
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AedesOptions } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { MqttError } from './mqtt-error.ts';
import { inTurns } from './turns.ts';

export type BrokerOptions = Readonly<{
  /** 0 for any free port. */
  port: number;
  /** Null for no WebSocket, 0 for any free port. */
  webSocketPort: number | null;
}>;

export type Broker = Readonly<{
  port: number;
  url: string;
  webSocketUrl: string | null;
  close(): Promise<void>;
}>;

type Listener = Readonly<{ port: number; close(): Promise<void> }>;

const HOST = '127.0.0.1';

/** Nothing of ours comes near it. */
const MAX_MESSAGE_BYTES = 131_072;
/** What is retained stays in memory until the daemon ends. */
const MAX_RETAINED = 1000;
/** A consumer that takes nothing for so long is cut: all others wait for it. */
const DRAIN_TIMEOUT_MS = 2000;

/** Calls `refused` with what it does not take, whose sender is cut. Throws an MqttError when a port cannot be had. */
export async function startBroker(
  { port, webSocketPort }: BrokerOptions,
  refused: (reason: string) => void = () => undefined,
): Promise<Broker> {
  const aedes = await Aedes.createBroker(limits(refused));
  // Aedes drops a message that another one has overtaken on its way to a subscriber, taking it for a copy by its number, and a
  // retained message is overtaken easily (its issues 955 and 994). A broker without a name marks no copies.
  aedes.id = '';
  const listeners: Listener[] = [];
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => aedes.close(resolve));
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  try {
    const tcp = await listenTcp(aedes, port);
    listeners.push(tcp);
    const web = webSocketPort === null ? null : await listenWebSocket(aedes, webSocketPort);
    if (web !== null) listeners.push(web);
    return {
      port: tcp.port,
      url: `mqtt://${HOST}:${tcp.port}`,
      webSocketUrl: web && `ws://${HOST}:${web.port}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whatever clients do, memory stays bounded: it is the one of the daemon. */
function limits(refused: (reason: string) => void): AedesOptions {
  const retained = new Set<string>();
  const inTurn = inTurns();
  return {
    drainTimeout: DRAIN_TIMEOUT_MS,
    // No session outlives its connection: what would wait for the absent would wait in memory.
    preConnect: (_client, packet, done) => {
      packet.clean = true;
      done(null, true);
    },
    authorizePublish: (_client, { topic, payload, retain }, done) => {
      const isNew = retain && !retained.has(topic);
      const problem =
        payload.length > MAX_MESSAGE_BYTES
          ? `a message of ${payload.length} bytes; at most ${MAX_MESSAGE_BYTES} are taken`
          : isNew && retained.size >= MAX_RETAINED
            ? `one more retained topic; at most ${MAX_RETAINED} are kept`
            : null;
      if (problem !== null) refused(problem);
      else if (retain && payload.length === 0) retained.delete(topic);
      else if (isNew) retained.add(topic);
      inTurn(() => done(problem === null ? null : new Error(problem)));
    },
  };
}

function listenTcp(aedes: Aedes, port: number): Promise<Listener> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    aedes.handle(socket);
  });
  server.listen(port, HOST);
  return listening(
    server,
    port,
    `point mqtt.url at the broker that is there (mqtt://${HOST}:${port}), or choose another mqtt.port`,
    () => {
      for (const socket of open) socket.destroy();
    },
  );
}

function listenWebSocket(aedes: Aedes, port: number): Promise<Listener> {
  const server = new WebSocketServer({ port, host: HOST });
  server.on('connection', (socket, request) => aedes.handle(createWebSocketStream(socket), request));
  return listening(server, port, 'choose another mqtt.webSocketPort', () => {
    for (const socket of server.clients) socket.terminate();
  });
}

/** A server has closed when its last connection has: `cut` ends those that never became MQTT clients. */
function listening(server: Server | WebSocketServer, port: number, remedy: string, cut: () => void): Promise<Listener> {
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      cut();
    });
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const problem = isTaken(cause) ? 'is taken, probably by another broker' : `cannot be opened (${cause.message})`;
      reject(new MqttError(`Port ${port} on ${HOST} ${problem}: ${remedy}.`, { cause }));
    });
    server.once('listening', () => resolve({ port: portOf(server.address(), port), close }));
  });
}

function isTaken(cause: Error): boolean {
  return 'code' in cause && cause.code === 'EADDRINUSE';
}

function portOf(address: Readonly<{ port: number }> | string | null, asked: number): number {
  return address === null || typeof address === 'string' ? asked : address.port;
}
