// Opens a port of this machine for clients of the embedded broker, and says what to do when it cannot be had.
import type { Server, Socket } from 'node:net';
import { MqttError } from './mqtt-error.ts';

export type Listener = Readonly<{ port: number; close(): Promise<void> }>;

export const HOST = '127.0.0.1';

/** A screen has a daemon and a player or two; this is a guess that leaves room for tools beside them. */
const MAX_CONNECTIONS = 64;

/** Calls `refused` with the connections that cannot be taken. Throws an MqttError with the remedy when there is no port. */
export function listen(
  server: Server,
  port: number,
  remedy: string,
  refused: (reason: string) => void,
): Promise<Listener> {
  const open = new Set<Socket>();
  server.maxConnections = MAX_CONNECTIONS;
  server.on('drop', () => refused(`one more connection; at most ${MAX_CONNECTIONS} are kept`));
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  // A server has closed when its last connection has, those that never became MQTT clients, too.
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      for (const socket of open) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) => {
      const problem = isTaken(cause) ? 'is taken, probably by another broker' : `cannot be opened (${cause.message})`;
      reject(new MqttError(`Port ${port} on ${HOST} ${problem}: ${remedy}.`, { cause }));
    };
    server.once('error', failed);
    server.listen(port, HOST, () => {
      server.off('error', failed);
      // Such as no file descriptor for one more connection; those that there are go on.
      server.on('error', ({ message }) => refused(`a connection that cannot be accepted (${message})`));
      resolve({ port: portOf(server.address(), port), close });
    });
  });
}

function isTaken(cause: Error): boolean {
  return 'code' in cause && cause.code === 'EADDRINUSE';
}

function portOf(address: Readonly<{ port: number }> | string | null, asked: number): number {
  return address === null || typeof address === 'string' ? asked : address.port;
}
