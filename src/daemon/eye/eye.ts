// Starts the pair of capture program and sensor, watches that observations come, and restarts both together when they do not.
import type { AwayFault, PictureFault } from '../../observation/fault.ts';
import type { Observation } from '../../observation/observation.ts';
import type { FromSensor } from '../../observation/sensor-message.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { ObservationSource, SourceListener } from '../observation-source.ts';
import { residentMegabytes } from '../process-memory.ts';
import { Attempts } from './attempts.ts';
import { pictureWords } from './eyesight.ts';
import type { Lens, PairPort } from './lens.ts';
import { type Phase, patienceMs } from './phase.ts';
import { SourceError } from './source-error.ts';
import type { Duty } from './watchman.ts';

export type EyeOptions = Readonly<{
  /** `rateRatio` is the share of the configured frame rate. */
  lens: (rateRatio: number) => Lens;
  /** What is asked of the eye at this moment. */
  duty: () => Duty;
  /** Whether there is a node of this path in /dev. */
  exists: (path: string) => boolean;
  /** Unix time at zero of the monotonic clock, fixed for the whole run so that a clock step moves nothing. */
  wallAtMonotonicZero: number;
  maxSensorMegabytes: number;
}>;

const WATCH_EVERY_MS = 1000;
/** The whole daemon stops within 5 s. */
const STOP_PATIENCE_MS = 1500;

/** Faults of the picture that a restart may cure. A dark or covered camera shows what is before it. */
const CURED_BY_RESTART: readonly PictureFault[] = ['frozen', 'garbled', 'too-fast'];

export class Eye implements ObservationSource {
  readonly #options: EyeOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #attempts: Attempts;
  #lens: Lens;
  #rateRatio = 1;
  #listener: SourceListener | null = null;
  #pair: PairPort | null = null;
  /** The end of the pair before. */
  #ending: Promise<void> = Promise.resolve();
  #phase: Phase = 'idle';
  #progressAt = 0;
  #hasOpened = false;
  #hasLoadedNets = false;
  /** A device that comes back is tried at once. */
  #isDeviceMissing = false;
  #lastReason: string | null = null;
  #cancelRetry = (): void => undefined;
  #stopWatching = (): void => undefined;

  constructor(options: EyeOptions, clock: Clock, logger: Logger, random: () => number) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#attempts = new Attempts(random);
    this.#lens = options.lens(this.#rateRatio);
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
    this.#stopWatching = this.#clock.every(WATCH_EVERY_MS, () => this.#watch());
    if (this.#heedDuty()) this.#open();
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
    const pair = this.#lens.startPair({
      message: (message) => this.#receive(pair, message),
      lost: (fault, detail) => this.#restart(fault, detail),
    });
    this.#pair = pair;
  }

  #receive(pair: PairPort, message: FromSensor): void {
    switch (message.kind) {
      case 'ready':
        this.#hasLoadedNets = true;
        this.#enter('starting');
        return;
      case 'observation':
        if (this.#phase === 'starting') this.#beginStream();
        this.#progressAt = this.#clock.monotonicNow();
        this.#listener?.observed(message.observation, { stages: message.stages, sentAt: message.sentAt });
        pair.acknowledge(message.observation.seq);
        this.#judge(message.observation.camera.state);
        return;
      case 'ended':
        this.#finish(message.frames);
        return;
      case 'failed':
        // Nets that have worked in this run are not wrong by themselves: a card or a frame was.
        if (message.code === 'model' && !this.#hasLoadedNets) this.#fail(message.message);
        else this.#restart('sensor', `sensor failed: ${message.message}`);
    }
  }

  #beginStream(): void {
    this.#enter('running');
    this.#tellOpened();
  }

  /** A camera that is away from the start begins a stream, too: of time in which nothing could be observed. */
  #tellOpened(): void {
    this.#hasOpened = true;
    const { header } = this.#lens;
    const startedAt = header.clock === 'monotonic' ? 0 : this.#clock.monotonicNow();
    this.#listener?.opened({ ...header, wallAtZero: this.#options.wallAtMonotonicZero + startedAt });
  }

  #judge(state: Observation['camera']['state']): void {
    this.#attempts.frame(state === 'ok', this.#clock.monotonicNow());
    const fault = CURED_BY_RESTART.find((one) => one === state);
    if (fault !== undefined) this.#restart(fault, pictureWords(fault));
  }

  #finish(frames: number): void {
    const { source } = this.#lens;
    if (!source.endsByItself) {
      this.#restart('broken', 'capture ended');
    } else if (frames === 0) {
      this.#fail(`${source.label} has no frame that could be read`);
    } else {
      this.#enter('ended');
      this.#listener?.ended();
    }
  }

  #watch(): void {
    if (this.#phase === 'ended' || !this.#heedDuty()) return;
    const now = this.#clock.monotonicNow();
    if (this.#attempts.recovered(now)) this.#lastReason = null;
    const patience = patienceMs(this.#phase, this.#lens.source.periodMs);
    if (now - this.#progressAt > patience) {
      const seconds = Math.round(patience / 1000);
      if (this.#phase === 'loading') this.#restart('sensor', `sensor loads nothing for ${seconds} s`);
      else this.#restart('hung', `no frame for ${seconds} s`);
    }
    const sensor = this.processes().find(({ name }) => name === 'sensor');
    const megabytes = sensor === undefined ? null : residentMegabytes(sensor.pid);
    const { maxSensorMegabytes } = this.#options;
    if (megabytes !== null && megabytes > maxSensorMegabytes) {
      this.#restart('sensor', `sensor uses more than ${maxSensorMegabytes} MB of memory`);
    }
    if (this.#isDeviceMissing && !this.#deviceIsMissing()) {
      this.#isDeviceMissing = false;
      if (this.#phase === 'idle') this.#retryIn(0);
    }
  }

  /** Whether the eye is to see at this moment; begins and ends its rest, and changes the frame rate. Films are played on. */
  #heedDuty(): boolean {
    if (this.#lens.source.endsByItself) return true;
    const duty = this.#options.duty();
    if (!duty.isOpen) {
      if (this.#phase !== 'resting') this.#rest(duty.detail);
      return false;
    }
    const lens = duty.rateRatio === this.#rateRatio ? this.#lens : this.#options.lens(duty.rateRatio);
    const isOther = lens.source !== this.#lens.source;
    this.#rateRatio = duty.rateRatio;
    this.#lens = lens;
    if (this.#phase === 'resting' || (isOther && this.#pair !== null)) {
      this.#listener?.starting();
      this.#retryIn(0);
    }
    return true;
  }

  #rest(detail: string): void {
    this.#logger.info({ detail }, 'resting');
    this.#letGo();
    this.#enter('resting');
    if (!this.#hasOpened) this.#tellOpened();
    this.#listener?.resting(detail);
  }

  /**
   * Ends both programs and starts them again; after a crash of the sensor the first attempt comes at once. A film is not
   * played again from its start, since that would count its people twice.
   */
  #restart(fault: AwayFault | PictureFault, reason: string): void {
    // The rest of a stack is for the log, not for the world.
    const [detail = reason] = reason.split('\n');
    if (this.#pair === null || this.#phase === 'ended') return;
    const { source } = this.#lens;
    if (source.endsByItself) {
      this.#fail(`${source.label} broke off: ${detail}`);
      return;
    }
    const delayMs = this.#attempts.delayMs(fault === 'sensor');
    // A camera that stays away is told once.
    const level = reason === this.#lastReason ? 'debug' : 'warn';
    this.#logger[level]({ fault, reason, source: source.label, retryInMs: delayMs }, 'restarting capture and sensor');
    this.#lastReason = reason;
    if (!this.#hasOpened) this.#tellOpened();
    this.#listener?.away(fault, detail, delayMs);
    this.#isDeviceMissing = this.#deviceIsMissing();
    this.#retryIn(delayMs);
  }

  #deviceIsMissing(): boolean {
    const { device } = this.#lens.source;
    return device !== null && !this.#options.exists(device);
  }

  /** The next pair starts after the delay, but not before the last one has ended. */
  #retryIn(delayMs: number): void {
    this.#letGo();
    this.#enter('idle');
    void this.#ending.then(() => {
      if (this.#phase !== 'idle') return;
      this.#cancelRetry();
      this.#cancelRetry = this.#clock.after(delayMs, () => this.#open());
    });
  }

  #letGo(): void {
    this.#cancelRetry();
    if (this.#pair !== null) this.#ending = this.#pair.stop();
    this.#pair = null;
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
