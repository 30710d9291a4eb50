// Starts the pair of capture program and sensor, watches that observations come, and restarts both together when they do not.
import type { CaptureSource } from '../capture/source.ts';
import type { AwayFault } from '../observation/fault.ts';
import type { StreamHeader } from '../observation/observation.ts';
import type { FromSensor } from '../observation/sensor-message.ts';
import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { ObservationSource, SourceListener } from './observation-source.ts';
import type { Pair, PairListener } from './pair.ts';
import { residentMegabytes } from './process-memory.ts';
import { SourceError } from './source-error.ts';

export type EyeOptions = Readonly<{
  source: CaptureSource;
  /** Starts capture program and sensor; tells the listener later, never at once. */
  startPair: (listener: PairListener) => PairPort;
  header: Omit<StreamHeader, 'wallAtZero'>;
  /** Unix time at zero of the monotonic clock, fixed for the whole run so that a clock step moves nothing. */
  wallAtMonotonicZero: number;
  maxSensorMegabytes: number;
}>;

/** What the eye needs of a pair, so that tests can stand in for it. */
export type PairPort = Pick<Pair, 'acknowledge' | 'processes' | 'stop'>;

const WATCH_EVERY_MS = 1000;
/** Loading the nets on the smallest box takes seconds; a minute is a hang. */
const LOADING_PATIENCE_MS = 60_000;
/** The first frame of a network camera takes its time. */
const FIRST_FRAME_PATIENCE_MS = 15_000;
const STALL_MS = 5000;
const STALL_PERIODS = 10;
/** After this long without a fault the next one starts at the shortest delay again. */
const RECOVERED_AFTER_MS = 10_000;

/** The whole daemon stops within 5 s. */
const STOP_PATIENCE_MS = 1500;

const STALLED = { loading: ['hung', 'sensor loads nothing'], running: ['hung', 'no frame'] } as const;

type Phase = 'idle' | 'loading' | 'starting' | 'running' | 'ended';

export class Eye implements ObservationSource {
  readonly #options: EyeOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #random: () => number;
  #listener: SourceListener | null = null;
  #pair: PairPort | null = null;
  /** The end of the pair before. */
  #ending: Promise<void> = Promise.resolve();
  #phase: Phase = 'idle';
  #progressAt = 0;
  #runningSince = 0;
  /** The next step of the backoff; null after a while without a fault. */
  #attempt: number | null = null;
  #hasOpened = false;
  #lastReason: string | null = null;
  #cancelRetry = (): void => undefined;
  #stopWatching = (): void => undefined;

  constructor(options: EyeOptions, clock: Clock, logger: Logger, random: () => number) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#random = random;
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
    this.#stopWatching = this.#clock.every(WATCH_EVERY_MS, () => this.#watch());
    this.#open();
  }

  async stop(): Promise<void> {
    this.#phase = 'ended';
    this.#stopWatching();
    this.#cancelRetry();
    await Promise.all([this.#ending, this.#pair?.stop(STOP_PATIENCE_MS)]);
    this.#pair = null;
  }

  processes(): readonly { name: string; pid: number }[] {
    return this.#pair?.processes() ?? [];
  }

  #open(): void {
    this.#enter('loading');
    const pair = this.#options.startPair({
      message: (message) => this.#receive(pair, message),
      lost: (fault, detail) => this.#restart(fault, detail),
    });
    this.#pair = pair;
  }

  #receive(pair: PairPort, message: FromSensor): void {
    switch (message.kind) {
      case 'ready':
        this.#enter('starting');
        return;
      case 'observation':
        if (this.#phase === 'starting') this.#beginStream();
        this.#progressAt = this.#clock.monotonicNow();
        this.#listener?.observed(message.observation, { stages: message.stages, sentAt: message.sentAt });
        pair.acknowledge(message.observation.seq);
        return;
      case 'ended':
        this.#finish(message.frames);
        return;
      case 'failed':
        if (message.code === 'model') this.#fail(message.message);
        else this.#restart('sensor', `sensor failed: ${message.message}`);
    }
  }

  #beginStream(): void {
    this.#enter('running');
    this.#runningSince = this.#clock.monotonicNow();
    this.#tellOpened();
  }

  /** A camera that is away from the start begins a stream, too: of time in which nothing could be observed. */
  #tellOpened(): void {
    this.#hasOpened = true;
    const { header, wallAtMonotonicZero } = this.#options;
    const wallAtZero =
      header.clock === 'monotonic' ? wallAtMonotonicZero : wallAtMonotonicZero + this.#clock.monotonicNow();
    this.#listener?.opened({ ...header, wallAtZero });
  }

  #finish(frames: number): void {
    if (!this.#options.source.endsByItself) {
      this.#restart('broken', 'capture ended');
    } else if (frames === 0) {
      this.#fail(`${this.#options.source.label} has no frame that could be read`);
    } else {
      this.#enter('ended');
      this.#listener?.ended();
    }
  }

  #watch(): void {
    const now = this.#clock.monotonicNow();
    if (this.#phase === 'running' && now - this.#runningSince > RECOVERED_AFTER_MS) this.#recovered();
    const patience = this.#patienceMs();
    if (patience !== null && now - this.#progressAt > patience) {
      const [fault, what] = STALLED[this.#phase === 'loading' ? 'loading' : 'running'];
      this.#restart(fault, `${what} for ${Math.round((now - this.#progressAt) / 1000)} s`);
    }
    for (const { name, pid } of this.processes()) {
      const megabytes = name === 'sensor' ? residentMegabytes(pid) : null;
      if (megabytes !== null && megabytes > this.#options.maxSensorMegabytes) {
        this.#restart('sensor', `sensor uses ${Math.round(megabytes)} MB of memory`);
      }
    }
  }

  #recovered(): void {
    this.#attempt = null;
    this.#lastReason = null;
  }

  #patienceMs(): number | null {
    switch (this.#phase) {
      case 'loading':
        return LOADING_PATIENCE_MS;
      case 'starting':
        return FIRST_FRAME_PATIENCE_MS;
      case 'running':
        return Math.max(STALL_MS, STALL_PERIODS * this.#options.source.periodMs);
      default:
        return null;
    }
  }

  /**
   * Ends both programs and starts them again; after a crash of the sensor the first attempt comes at once. A film is not
   * played again from its start, since that would count its people twice.
   */
  #restart(fault: AwayFault, reason: string): void {
    const pair = this.#pair;
    // The rest of a stack is for the log, not for the world.
    const [detail = reason] = reason.split('\n');
    if (pair === null || this.#phase === 'ended') return;
    if (this.#options.source.endsByItself) {
      this.#fail(`${this.#options.source.label} broke off: ${detail}`);
      return;
    }
    this.#pair = null;
    this.#enter('idle');
    const delayMs = fault === 'sensor' && this.#attempt === null ? 0 : backoffMs(this.#attempt ?? 0, this.#random());
    this.#attempt = delayMs === 0 ? 0 : (this.#attempt ?? 0) + 1;
    // A camera that stays away is told once.
    const level = reason === this.#lastReason ? 'debug' : 'warn';
    this.#logger[level](
      { reason, source: this.#options.source.label, retryInMs: delayMs },
      'restarting capture and sensor',
    );
    this.#lastReason = reason;
    if (!this.#hasOpened) this.#tellOpened();
    this.#listener?.away(fault, detail, delayMs);
    this.#ending = pair.stop();
    void this.#ending.then(() => {
      if (this.#phase !== 'idle') return;
      this.#cancelRetry = this.#clock.after(delayMs, () => this.#open());
    });
  }

  /** It will never work like this. */
  #fail(message: string): void {
    this.#enter('ended');
    this.#listener?.failed(new SourceError(message));
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#progressAt = this.#clock.monotonicNow();
  }
}
