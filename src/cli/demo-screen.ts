// Keeps the live view of the demo on the terminal, or a line now and then where there is none.
import type { CaptureSource } from '../capture/source.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from '../daemon/clock.ts';
import type { Daemon } from '../daemon/daemon.ts';
import type { DemoSubscriber } from './demo-subscriber.ts';
import { type DemoSnapshot, demoView } from './demo-view.ts';
import { terminal } from './terminal.ts';
import { statsCommand, watchCommand } from './what-to-try.ts';

export type DemoScreenSetup = Readonly<{
  daemon: Daemon;
  config: Config;
  source: CaptureSource;
  configPath: string | undefined;
  stateFolder: string;
  /** What there is to say when the broker has another port than that of the configuration. */
  otherPort: string | null;
  subscriber: DemoSubscriber;
  clock: Clock;
  startedAt: number;
  forMs: number | null;
}>;

const REDRAW_MS = 250;
const LINE_MS = 5000;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR = '\u001b[2J';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

export class DemoScreen {
  readonly #setup: DemoScreenSetup;
  #cancel = (): void => undefined;

  constructor(setup: DemoScreenSetup) {
    this.#setup = setup;
  }

  open(): void {
    const { stdout } = process;
    if (stdout.isTTY) {
      stdout.write(HIDE_CURSOR + CLEAR);
      this.#cancel = this.#setup.clock.every(REDRAW_MS, () => this.#draw());
    } else {
      stdout.write(`${[`playing ${this.#setup.source.label}`, ...this.#hints()].join('\n')}\n`);
      this.#cancel = this.#setup.clock.every(LINE_MS, () => stdout.write(`${this.#line()}\n`));
    }
  }

  close(): void {
    this.#cancel();
    if (!process.stdout.isTTY) return;
    this.#draw();
    process.stdout.write(`\n${SHOW_CURSOR}`);
  }

  #draw(): void {
    const { columns, color } = terminal();
    const view = demoView(this.#snapshot(), { columns, rows: process.stdout.rows ?? 24, color });
    process.stdout.write(HOME + view.replaceAll('\n', `${CLEAR_LINE}\n`) + CLEAR_BELOW);
  }

  #snapshot(): DemoSnapshot {
    const { daemon, config, source, clock, startedAt, forMs, subscriber } = this.#setup;
    const { measurement, publisher, outbox } = daemon;
    const { sight, state, tally } = measurement;
    const audience = measurement.audience();
    const runningMs = clock.monotonicNow() - startedAt;
    const { state: broker } = publisher.status();
    return {
      screen: config,
      source: source.label,
      runningMs,
      remainingMs: forMs === null ? null : Math.max(0, forMs - runningMs),
      health: sight.health,
      detail: sight.detail,
      framesPerSecond: sight.framesPerSecond,
      audience,
      viewers: audience === null ? [] : measurement.viewers(),
      viewersSoFar: tally.viewers,
      at: state?.frameAt ?? 0,
      events: tally.latest,
      broker: {
        address: daemon.brokerUrl,
        state: broker === 'connected' || broker === 'refused' ? broker : 'connecting',
        queued: outbox.depth(),
        messages: [...subscriber.received().values()].reduce((sum, count) => sum + count, 0),
      },
      hints: this.#hints(),
    };
  }

  #line(): string {
    const { runningMs, framesPerSecond, audience, viewersSoFar, broker, health } = this.#snapshot();
    const rate = framesPerSecond === null ? '-' : framesPerSecond.toFixed(1);
    return [
      `${Math.round(runningMs / 1000)} s`,
      health,
      `${rate} fps`,
      `${audience?.present ?? '-'} present`,
      `${audience?.attending ?? '-'} attending`,
      `${viewersSoFar} viewers so far`,
      `${broker.messages} messages received`,
    ].join(', ');
  }

  /** What a stranger can open in a browser or paste into another terminal. */
  #hints(): readonly string[] {
    const { daemon, configPath, stateFolder, otherPort } = this.#setup;
    const watch = watchCommand(daemon.brokerUrl, 'onlooker', null);
    return [
      ...(otherPort === null ? [] : [otherPort]),
      ...(daemon.playerUrl === null ? [] : [`Watch the ads change: ${daemon.playerUrl}`]),
      ...(watch === null ? [] : [watch]),
      statsCommand(stateFolder, configPath),
    ];
  }
}
