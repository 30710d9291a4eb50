// Says whether there is a broker on this machine which is not the one within Onlooker itself.
import { hasOpenIn, portFacts } from '../doctor/port-holder.ts';

const LOCAL_PORT = 1883;
export const LOCAL_BROKER = `mqtt://127.0.0.1:${LOCAL_PORT}`;

/** Null where nobody listens, or the daemon that keeps its state in this folder does. */
export async function localBroker(stateFolder: string, port = LOCAL_PORT): Promise<string | null> {
  const facts = await portFacts(port);
  if (facts.state !== 'taken') return null;
  const isDaemon = facts.holder !== null && hasOpenIn(stateFolder, facts.holder);
  return isDaemon ? null : `mqtt://127.0.0.1:${port}`;
}
