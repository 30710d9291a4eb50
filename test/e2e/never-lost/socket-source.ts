// Takes observations from the socket of the player, and says who takes them and how many it has taken.
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { ObservationSource, SourceListener } from '../../../src/daemon/observation-source.ts';
import type { Observation, StreamHeader } from '../../../src/observation/observation.ts';

export class SocketSource implements ObservationSource {
  readonly #path: string;
  readonly #session: string;
  #socket: Socket | null = null;

  constructor(path: string, session: string) {
    this.#path = path;
    this.#session = session;
  }

  start(listener: SourceListener): void {
    const socket = connect(this.#path);
    this.#socket = socket;
    const say = (number: number) => {
      // What comes together is answered together.
      socket.cork();
      socket.write(`${number}\n`);
      process.nextTick(() => socket.uncork());
    };
    say(process.pid);
    let lines = 0;
    createInterface(socket)
      .on('error', (error) => listener.failed(error))
      .on('line', (line) => {
        // The player of the same test wrote it.
        if (lines === 0) listener.opened({ ...(JSON.parse(line) as StreamHeader), session: this.#session });
        else listener.observed(JSON.parse(line) as Observation, null);
        if (lines > 0) say(lines);
        lines += 1;
      })
      .on('close', () => listener.ended());
  }

  async stop(): Promise<void> {
    this.#socket?.destroy();
  }

  processes(): readonly { name: string; pid: number }[] {
    return [];
  }
}
