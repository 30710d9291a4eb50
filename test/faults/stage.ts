// What one cell of the kill matrix is played on: a broker, the networks on both sides of it, daemons, and consumers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Home, newHome } from '../e2e/home.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { type Mosquitto, type MosquittoOptions, startMosquitto } from '../support/mosquitto.ts';
import { type SilentProxy, startProxy } from '../support/silent-proxy.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type ConsumerOptions, ReferenceConsumer } from './reference-consumer.ts';
import { RollupConsumer } from './rollup-consumer.ts';
import { ScreenPlayer } from './screen-player.ts';
import type { Screen, ScreenKind } from './screens.ts';

export type BrokerKind = 'mosquitto' | 'embedded';
export type StageClock = ConsumerOptions['clock'];

export type StageOptions = Readonly<{
  broker: BrokerKind;
  protocolVersion: 4 | 5;
  screen: ScreenKind;
  clock: StageClock;
}>;

/** How long a state may be believed, in every cell. */
export const TTL_MS = 3000;
/** On as long as anybody is there, of whatever age. */
const TRIGGERS = { rules: [{ name: 'somebody', when: [{ atLeast: 1 }] }], minors: { gate: false } };
const USER = { name: 'screen', password: 'right' };

export class Stage {
  readonly clock: StageClock;
  /** Between the first daemon and an external broker; the embedded one is in the daemon. */
  readonly daemonNetwork: SilentProxy;
  /** Between the broker and those who consume. */
  readonly playerNetwork: SilentProxy;
  readonly rollups: RollupConsumer;
  readonly consumers: ReferenceConsumer[] = [];
  /** The client that we hand out, beside the reference. */
  readonly player: ScreenPlayer;
  /** In the order of their start. */
  readonly screens: Screen[] = [];
  strayMessages = 0;
  #broker: Mosquitto | null = null;
  readonly #options: StageOptions;
  readonly port: number;
  /** Where the broker keeps what it remembers. */
  readonly #memory: string;

  private constructor(options: StageOptions, port: number, networks: readonly [SilentProxy, SilentProxy]) {
    this.#options = options;
    this.port = port;
    [this.daemonNetwork, this.playerNetwork] = networks;
    this.clock = options.clock;
    this.#memory = tempFolder();
    this.rollups = new RollupConsumer(this.playerNetwork.url, this.account);
    this.player = new ScreenPlayer(this.playerNetwork.url, { ...this.account, clock: this.clock });
  }

  static async open(options: StageOptions): Promise<Stage> {
    const port = await freePort();
    return new Stage(options, port, [await startProxy(port), await startProxy(port)]);
  }

  async startBroker(options: Readonly<{ remembers?: boolean; password?: string }> = {}): Promise<void> {
    if (this.#options.broker === 'embedded') return;
    const { remembers = true, password = USER.password } = options;
    const user = { ...USER, password };
    const memory: MosquittoOptions = remembers ? { memory: this.#memory } : {};
    this.#broker = await startMosquitto({ port: this.port, user, ...memory });
  }

  /** The external broker, which runs or ran last. */
  get mosquitto(): Mosquitto {
    if (this.#broker === null) throw new Error('there is no external broker on this stage');
    return this.#broker;
  }

  /** `direct` for a daemon that is not behind the network of the first one. */
  async startScreen({ direct = false, home = null }: { direct?: boolean; home?: Home | null } = {}): Promise<Screen> {
    const screen = await this.#options.screen.start(home ?? (await this.#newHome(direct)));
    this.screens.push(screen);
    return screen;
  }

  /** The same screen again, after its end. */
  restartScreen(): Promise<Screen> {
    return this.startScreen({ home: this.first.home });
  }

  get first(): Screen {
    const [first] = this.screens;
    if (first === undefined) throw new Error('no daemon has been started');
    return first;
  }

  /** The one that has the last word: the newest. */
  get latest(): Screen {
    return this.screens.at(-1) ?? this.first;
  }

  get hasNews(): boolean {
    return this.#options.screen.hasNews;
  }

  /** Whether the broker keeps what comes for a consumer who is away. */
  get keepsSessions(): boolean {
    return !this.#isEmbedded;
  }

  join(): ReferenceConsumer {
    const consumer = new ReferenceConsumer(this.playerNetwork.url, { ...this.account, clock: this.clock });
    this.consumers.push(consumer);
    return consumer;
  }

  /** Counts what comes from this session while a state is valid: nothing has to. */
  async hearOf(session: string): Promise<void> {
    const heard = () => this.consumers.reduce((sum, consumer) => sum + consumer.heardOf(session), 0);
    const before = heard();
    const from = this.clock.monotonicNow();
    await eventually(
      () => this.clock.monotonicNow() - from,
      (passed) => passed > TTL_MS,
    );
    this.strayMessages += heard() - before;
  }

  async clear(): Promise<void> {
    for (const consumer of [...this.consumers, this.rollups, this.player]) consumer.close();
    for (const screen of this.screens) screen.kill('SIGKILL');
    await this.#broker?.kill();
  }

  get #isEmbedded(): boolean {
    return this.#options.broker === 'embedded';
  }

  /** As whom everybody connects. */
  get account(): Omit<ConsumerOptions, 'clock'> {
    const { protocolVersion } = this.#options;
    return this.#isEmbedded ? { protocolVersion } : { protocolVersion, username: USER.name, password: USER.password };
  }

  async #newHome(direct: boolean): Promise<Home> {
    const home = await newHome();
    const passwordFile = join(home.folder, 'password');
    writeFileSync(passwordFile, USER.password);
    mkdirSync(home.stateFolder);
    const external = {
      url: direct ? `mqtt://127.0.0.1:${this.port}` : this.daemonNetwork.url,
      username: USER.name,
      passwordFile,
      protocolVersion: this.#options.protocolVersion,
    };
    const mqtt = this.#isEmbedded ? { port: this.port } : external;
    home.configure({ ...this.#options.screen.sections, triggers: TRIGGERS, mqtt: { ttlMs: TTL_MS, ...mqtt } });
    return home;
  }
}
