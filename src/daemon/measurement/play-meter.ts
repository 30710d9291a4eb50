// Meters the audience of each play that the player tells of, and tells it when nothing can come any more.
import type { Step } from '../../audience/observe.ts';
import {
  closePlays,
  creditPlays,
  endedPlays,
  endPlay,
  NO_PLAYS,
  type Plays,
  shiftPlays,
  startPlay,
} from '../../audience/plays.ts';
import { HOUR_MS } from '../../audience/time-units.ts';
import { playEvent } from '../../contract/events.ts';
import type { PayloadOf, Screen } from '../../contract/topics.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { PublisherPort } from './ports.ts';

export type PlayMeterOptions = Readonly<{ screen: Screen; session: string; watcherMs: number }>;

export type PlayMeterPorts = Readonly<{
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
  publisher: Pick<PublisherPort, 'publish'>;
}>;

/** A player that never says when a play ends does so again and again. */
const TELL_EVERY_MS = HOUR_MS;

export class PlayMeter {
  readonly #options: PlayMeterOptions;
  readonly #ports: PlayMeterPorts;
  #plays: Plays = NO_PLAYS;
  #forgottenTold = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** The newest frame of a stream whose clock is not ours. */
  #frameAt: number | null = null;

  constructor(options: PlayMeterOptions, ports: PlayMeterPorts) {
    this.#options = options;
    this.#ports = ports;
  }

  /** The player tells of a play; returns why that cannot be, or null. */
  told({ playId, content, state }: PayloadOf<'play'>): string | null {
    const { clock } = this.#ports;
    const at = this.#frameAt ?? clock.monotonicNow();
    if (state === 'started') {
      this.#became(startPlay(this.#plays, { playId, content, from: at, wallAt: clock.wallNow() }));
      return null;
    }
    const plays = endPlay(this.#plays, playId, at);
    if (plays === null) return 'the end of a play that was not told to start, or started too long ago';
    this.#became(plays);
    return null;
  }

  /** A frame was taken at `at` of the stream's clock, which is ours or not. */
  frame(at: number, isOurClock: boolean): void {
    if (isOurClock) return;
    // What was told before, while the source was opened, was told by our clock.
    if (this.#frameAt === null) this.#plays = shiftPlays(this.#plays, at - this.#ports.clock.monotonicNow());
    this.#frameAt = at;
  }

  took(step: Step, at: number): void {
    this.#plays = creditPlays(this.#plays, step);
    this.#close(at, step.state.timing.lagMs);
  }

  /** Nothing will be observed any more. */
  finish(): void {
    // What is shown on is no fault of its player.
    this.#plays = endedPlays(this.#plays);
    this.#close(Number.POSITIVE_INFINITY, 0);
  }

  #close(at: number, lagMs: number): void {
    const { screen, session, watcherMs } = this.#options;
    const { plays, closed } = closePlays(this.#plays, at, { lagMs, watcherMs });
    this.#became(plays);
    for (const play of closed) this.#ports.publisher.publish('play-audience', playEvent(play, screen, session));
  }

  #became(plays: Plays): void {
    this.#plays = plays;
    const { clock, logger } = this.#ports;
    const forgotten = plays.forgotten - this.#forgottenTold;
    const at = clock.monotonicNow();
    if (forgotten === 0 || at - this.#toldAt < TELL_EVERY_MS) return;
    this.#forgottenTold = plays.forgotten;
    this.#toldAt = at;
    logger.warn({ forgotten }, 'gave up plays of which the player did not say in time that they end');
  }
}
