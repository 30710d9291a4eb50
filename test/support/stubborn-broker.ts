// A broker that accepts whoever connects, and then does nothing: it takes no message over.
import { createServer } from 'node:net';
import { Aedes, type AedesOptions } from 'aedes';
import { onTestFinished } from 'vitest';
import { listening } from './listening.ts';

export type StubbornBroker = Readonly<{
  /** How many messages it was given. */
  given(): number;
  close(): Promise<void>;
}>;

export async function startStubbornBroker(port: number, options: AedesOptions = {}): Promise<StubbornBroker> {
  let given = 0;
  const aedes = await Aedes.createBroker({
    ...options,
    // Never answered.
    authorizePublish: () => {
      given += 1;
    },
  });
  const server = createServer(aedes.handle);
  await listening(server, port);
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await new Promise<void>((resolve) => aedes.close(resolve));
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  onTestFinished(close);
  return { given: () => given, close };
}
