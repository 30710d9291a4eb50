// The embedded broker with a switch: for a simulation it goes away for a while and comes back on the same ports.
import { type Broker, type BrokerOptions, startBroker } from '../../mqtt/embedded-broker.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';

const TRY_AGAIN_MS = 1000;

export class InterruptibleBroker {
  readonly #clock: Clock;
  readonly #logger: Logger;
  #options: BrokerOptions = { port: 0, webSocketPort: null };
  #refused = (_reason: string): void => undefined;
  /** Null while it is away. */
  #broker: Broker | null = null;
  #isClosed = false;
  #cancel = (): void => undefined;
  #changing: Promise<void> = Promise.resolve();

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  async open(options: BrokerOptions, refused: (reason: string) => void = () => undefined): Promise<Broker> {
    const broker = await startBroker(options, refused);
    this.#broker = broker;
    this.#isClosed = false;
    this.#refused = refused;
    this.#options = { ...options, port: broker.port, webSocketPort: broker.webSocketPort };
    return { ...broker, close: () => this.#close() };
  }

  interrupt(forMs: number): void {
    this.#cancel();
    this.#change(() => this.#end());
    this.#cancel = this.#clock.after(forMs, () => this.#change(() => this.#comeBack()));
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    this.#change(() => this.#end());
    await this.#changing;
  }

  /** One after the other. */
  #change(change: () => Promise<void>): void {
    this.#changing = this.#changing.then(change).catch((error: unknown) => {
      this.#logger.error({ err: error }, 'the embedded broker cannot be switched');
    });
  }

  async #end(): Promise<void> {
    const broker = this.#broker;
    this.#broker = null;
    await broker?.close();
  }

  async #comeBack(): Promise<void> {
    if (this.#isClosed || this.#broker !== null) return;
    try {
      this.#broker = await startBroker(this.#options, this.#refused);
    } catch (error) {
      this.#cancel = this.#clock.after(TRY_AGAIN_MS, () => this.#change(() => this.#comeBack()));
      throw error;
    }
  }
}
