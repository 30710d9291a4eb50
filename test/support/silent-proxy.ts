// A network of a test between a client and a broker: it can lose everything without telling either, or hand it over later.
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { withoutAcknowledgments } from './acknowledgment-filter.ts';
import { listening } from './listening.ts';

export type SilentProxy = Readonly<{
  url: string;
  /** What is under way from now on is lost; nobody is told, and nothing that was open works ever again. */
  cut(): void;
  /** What is under way from now on arrives when it is restored, as TCP sends again what was not received. */
  hold(): void;
  /** Whoever connects from now on, or has tried to meanwhile, is let through; what was held arrives. */
  restore(): void;
  /** Whether the broker has given up a connection that was cut or held, which it can do only of its own accord. */
  brokerHasGivenUp(): boolean;
  /** Whether acknowledgments (PUBACK) of the broker get lost. */
  losesAcknowledgments(loses: boolean): void;
}>;

type Traffic = 'passes' | 'cut' | 'held';

export async function startProxy(brokerPort: number): Promise<SilentProxy> {
  const lines = new Set<Line>();
  let traffic: Traffic = 'passes';
  let loses = false;
  const server = createServer((client) => {
    const line = new Line(client, brokerPort, () => loses);
    lines.add(line);
    // A connection cannot be opened through a network that is away: the system tries until it is back.
    if (traffic === 'passes') line.open();
    else line.turn('held');
  });
  onTestFinished(() => {
    for (const line of lines) line.end();
  });
  const port = await listening(server);
  const turn = (next: Traffic) => {
    traffic = next;
    for (const line of lines) line.turn(next);
  };
  return {
    url: `mqtt://127.0.0.1:${port}`,
    cut: () => turn('cut'),
    hold: () => turn('held'),
    restore: () => turn('passes'),
    brokerHasGivenUp: () => [...lines].some((line) => line.brokerHasGivenUp),
    losesAcknowledgments: (next) => {
      loses = next;
    },
  };
}

/** One connection of the client, and the one to the broker that belongs to it. */
class Line {
  brokerHasGivenUp = false;
  readonly #client: Socket;
  readonly #brokerPort: number;
  readonly #loses: () => boolean;
  #broker: Socket | null = null;
  #traffic: Traffic = 'passes';
  #held: (() => void)[] = [];

  constructor(client: Socket, brokerPort: number, loses: () => boolean) {
    this.#client = client;
    this.#brokerPort = brokerPort;
    this.#loses = loses;
    client.on('data', (data: Buffer) => this.#pass(() => this.#broker?.write(data)));
    client.on('end', () => this.#pass(() => this.#broker?.end()));
    client.on('error', () => {
      // A reset discards what the system of the client has not got rid of yet.
      this.#held = [];
      this.#pass(() => this.#broker?.resetAndDestroy());
    });
  }

  open(): void {
    const broker = connect(this.#brokerPort, '127.0.0.1');
    this.#broker = broker;
    broker.pipe(withoutAcknowledgments(this.#loses)).on('data', (data: Buffer) => {
      this.#pass(() => this.#client.write(data));
    });
    broker.on('error', () => this.#pass(() => this.#client.destroy()));
    broker.on('close', () => {
      this.brokerHasGivenUp ||= this.#traffic !== 'passes';
      this.#pass(() => this.#client.destroy());
    });
  }

  turn(traffic: Traffic): void {
    // What has lost bytes cannot go on.
    if (this.#traffic === 'cut') return;
    this.#traffic = traffic;
    if (traffic !== 'passes') return;
    if (this.#broker === null) this.open();
    const held = this.#held;
    this.#held = [];
    for (const step of held) step();
  }

  end(): void {
    this.#client.destroy();
    this.#broker?.destroy();
  }

  #pass(step: () => void): void {
    if (this.#traffic === 'passes') step();
    if (this.#traffic === 'held') this.#held.push(step);
  }
}
