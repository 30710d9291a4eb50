// Lets a server of a test listen on a port of this machine, a free one unless told, until the test is over.
import { once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** The port. */
export async function listening(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    if (server instanceof HttpServer) server.closeAllConnections();
  });
  await once(server, 'listening');
  // A server that listens on a port has an address of this kind.
  return (server.address() as AddressInfo).port;
}
