// Starts the pair of capture program and sensor, watches that observations come, and restarts both together when they do not.
import type { CaptureSource } from '../capture/source.ts';
import type { StreamHeader } from '../observation/observation.ts';
import type { FromSensor } from '../observation/sensor-message.ts';
import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { ObservationSource, SourceListener } from './observation-source.ts';
import { Pair } from './pair.ts';
import { residentMegabytes } from './process-memory.ts';
import { SourceError } from './source-error.ts';

export type EyeOptions = Readonly<{
  source: CaptureSource;
  /** The JSON argument of the sensor. */
  sensorOptions: string;
  header: Omit<StreamHeader, 'wallAtZero'>;
  /** Unix time at zero of the monotonic clock, fixed for the whole run so that a clock step moves nothing. */
  wallAtMonotonicZero: number;
  maxSensorMegabytes: number;
}>;

const WATCH_EVERY_MS = 1000;
/** Loading the nets on the smallest box takes seconds; a minute is a hang. */
const LOADING_PATIENCE_MS = 60_000;
/** The first frame of a network camera takes its time. */
const FIRST_FRAME_PATIENCE_MS = 15_000;
const STALL_MS = 5000;
const STALL_PERIODS = 10;
/** After this long without a fault the next one starts at the shortest delay again. */
const RECOVERED_AFTER_MS = 10_000;

type Phase = 'idle' | 'loading' | 'starting' | 'running' | 'ended';

export class Eye implements ObservationSource {
  readonly #options: EyeOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #random: () => number;
  #listener: SourceListener | null = null;
  #pair: Pair | null = null;
  #phase: Phase = 'idle';
  #progressAt = 0;
  #runningSince = 0;
  #attempt = 0;
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
    await this.#pair?.stop();
    this.#pair = null;
  }

  processes(): readonly { name: string; pid: number }[] {
    return this.#pair?.processes() ?? [];
  }

  #open(): void {
    this.#enter('loading');
    const pair = new Pair(this.#options.source, this.#options.sensorOptions, this.#clock, {
      message: (message) => this.#receive(pair, message),
      lost: (part, detail) => this.#restart(`${part} ${detail}`, part === 'sensor'),
    });
    this.#pair = pair;
  }

  #receive(pair: Pair, message: FromSensor): void {
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
        if (message.code === 'model') this.#listener?.failed(new SourceError(message.message));
        else this.#restart(`sensor failed: ${message.message}`, true);
    }
  }

  #beginStream(): void {
    this.#enter('running');
    this.#runningSince = this.#clock.monotonicNow();
    const { header, wallAtMonotonicZero } = this.#options;
    const wallAtZero =
      header.clock === 'monotonic' ? wallAtMonotonicZero : wallAtMonotonicZero + this.#clock.monotonicNow();
    this.#listener?.opened({ ...header, wallAtZero });
  }

  #finish(frames: number): void {
    if (!this.#options.source.endsByItself) {
      this.#restart('capture ended', false);
    } else if (frames === 0) {
      this.#listener?.failed(new SourceError(`${this.#options.source.label} has no frame that could be read`));
    } else {
      this.#enter('ended');
      this.#listener?.ended();
    }
  }

  #watch(): void {
    const now = this.#clock.monotonicNow();
    if (this.#phase === 'running' && now - this.#runningSince > RECOVERED_AFTER_MS) this.#attempt = 0;
    const patience = this.#patienceMs();
    if (patience !== null && now - this.#progressAt > patience) {
      const what = this.#phase === 'loading' ? 'sensor loads nothing' : 'no frame';
      this.#restart(`${what} for ${Math.round((now - this.#progressAt) / 1000)} s`, false);
    }
    for (const { name, pid } of this.processes()) {
      const megabytes = name === 'sensor' ? residentMegabytes(pid) : null;
      if (megabytes !== null && megabytes > this.#options.maxSensorMegabytes) {
        this.#restart(`sensor uses ${Math.round(megabytes)} MB of memory`, true);
      }
    }
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
  #restart(detail: string, isSensorFault: boolean): void {
    const pair = this.#pair;
    if (pair === null || this.#phase === 'ended') return;
    if (this.#options.source.endsByItself) {
      this.#listener?.failed(new SourceError(`${this.#options.source.label} broke off: ${detail}`));
      return;
    }
    this.#pair = null;
    this.#enter('idle');
    const delayMs = isSensorFault && this.#attempt === 0 ? 0 : backoffMs(this.#attempt, this.#random());
    this.#attempt += 1;
    this.#logger.warn(
      { detail, source: this.#options.source.label, retryInMs: delayMs },
      'restarting capture and sensor',
    );
    this.#listener?.away(detail, delayMs);
    void pair.stop().then(() => {
      if (this.#phase !== 'idle') return;
      this.#cancelRetry = this.#clock.after(delayMs, () => this.#open());
    });
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#progressAt = this.#clock.monotonicNow();
  }
}
