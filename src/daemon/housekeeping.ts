// Keeps the daemon's house: feeds the measurement from the source, repeats states, reports health, and answers systemd.
import type { HealthWord } from '../audience/audience-now.ts';
import { confirmationRule } from '../audience/confirm.ts';
import { DAY_MS, HOUR_MS } from '../audience/time-units.ts';
import { infoPayload } from '../contract/info.ts';
import type { Publisher } from '../mqtt/publisher.ts';
import type { StreamHeader } from '../observation/observation.ts';
import type { Outbox } from '../sqlite/outbox.ts';
import type { Retention } from '../sqlite/retention.ts';
import { StorageError } from '../sqlite/storage-error.ts';
import { type StatusFacts, statusSentence } from '../systemd/status.ts';
import { beatMs } from './beat.ts';
import { audienceOptions } from './component-options.ts';
import type { DaemonSetup } from './daemon-setup.ts';
import { HealthReport } from './health-report.ts';
import { version } from './installation.ts';
import type { Measurement } from './measurement/measurement.ts';
import { GATE_MISSED, GATE_REMEDY, gateStanding } from './minors-gate.ts';
import type { SourceListener } from './observation-source.ts';

export type HousekeepingSetup = Pick<
  DaemonSetup,
  'config' | 'session' | 'nets' | 'clock' | 'logger' | 'notifier' | 'watchman'
> &
  Readonly<{
    measurement: Measurement;
    publisher: Pick<Publisher, 'publish' | 'status'>;
    outbox: Pick<Outbox, 'depth' | 'trim'>;
    retention: Pick<Retention, 'deleteSome'>;
  }>;

const ROUND_MS = 1000;
const HEALTH_MS = 10_000;
const TRIM_MS = 60_000;
/** A batch each time: more than the 15 rollups that are written meanwhile. */
const DELETE_MS = 600_000;
const MAX_UNDER_WAY_INTERVALS = 2;

/** In which nothing can be observed; the eye itself sees to it that none lasts without an end or an attempt. */
const IDLE_BY_INTENT: readonly HealthWord[] = ['starting', 'reconnecting', 'closed'];

export class Housekeeping {
  readonly #setup: HousekeepingSetup;
  readonly #health: HealthReport;
  readonly #cancel: readonly (() => void)[];
  #retryAt: number | null = null;
  #rollupsLost = 0;
  /** It is asked every second, and the log may lie on the same card. */
  #unreachedTold: Readonly<{ reason: string; at: number }> | null = null;
  /** A recording brings the time of another day or machine, in which our clock says nothing. */
  #isOurTime = false;
  #isReady = false;
  #isGateTold = false;

  constructor(setup: HousekeepingSetup) {
    this.#setup = setup;
    const { clock, config, measurement, outbox } = setup;
    const queued = () => this.#stored(() => outbox.depth());
    this.#health = new HealthReport({ ...setup, queued, rollupsLost: () => this.#rollupsLost });
    this.#cancel = [
      clock.every(ROUND_MS, () => this.#round()),
      clock.every(beatMs(config.mqtt.ttlMs), () => measurement.beat()),
      clock.every(HEALTH_MS, () => this.#health.tell()),
      clock.every(TRIM_MS, () => this.#trimOutbox()),
      clock.every(DELETE_MS, () => this.#deleteOld()),
    ];
  }

  stop(): void {
    for (const cancel of this.#cancel) cancel();
  }

  /** What the source calls; `resolve` and `reject` settle the end of the whole run. */
  listener(resolve: () => void, reject: (error: Error) => void): SourceListener {
    const { measurement, notifier } = this.#setup;
    return {
      opened: (header) => {
        this.#retryAt = null;
        measurement.opened(header);
        this.#publishInfo(header);
        this.#warnOfGate(header);
      },
      observed: (observation, sent) => {
        this.#isOurTime = sent !== null;
        measurement.observed(observation, sent);
        notifier.progressed();
        this.#ready();
        this.#health.notice();
      },
      away: (fault, detail, retryInMs) => {
        this.#retryAt = this.#setup.clock.monotonicNow() + retryInMs;
        this.#isOurTime = true;
        measurement.away(fault, detail);
        this.#ready();
        this.#health.notice();
      },
      starting: () => {
        measurement.starting();
        this.#health.notice();
      },
      resting: (detail) => {
        this.#isOurTime = true;
        measurement.resting(detail);
        this.#ready();
        this.#health.notice();
      },
      ended: () => {
        measurement.ended();
        resolve();
      },
      failed: reject,
    };
  }

  /** One round of work: it feeds the watchdog only while the source is known to be away, off or starting, for then nothing else can. */
  #round(): void {
    const { clock, measurement, notifier } = this.#setup;
    const { state, sight } = measurement;
    if (this.#isOurTime && state !== null && state.header.clock === 'monotonic') {
      // An observation may still be under way for so long; time that has passed cannot be taken back.
      const certainAt = clock.monotonicNow() - MAX_UNDER_WAY_INTERVALS * state.timing.maxIntervalMs;
      if (state.frameAt === null || certainAt > state.frameAt) measurement.passed(certainAt);
    }
    this.#health.notice();
    void notifier.status(this.#sentence());
    if (IDLE_BY_INTENT.includes(sight.health)) notifier.progressed();
  }

  /** READY: frames flow, or it is known that the camera is away or off. */
  #ready(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    void this.#setup.notifier.ready();
  }

  #sentence(): string {
    const { measurement, publisher, outbox } = this.#setup;
    const { sight } = measurement;
    return statusSentence({
      fps: sight.framesPerSecond,
      present: measurement.now().present,
      broker: publisher.status().state,
      queued: this.#stored(() => outbox.depth()),
      camera: this.#camera(),
    });
  }

  #camera(): StatusFacts['camera'] {
    const { clock, measurement } = this.#setup;
    const { health, detail } = measurement.sight;
    if (health === 'starting') return { kind: 'starting' };
    if (health === 'closed') return { kind: 'resting', detail: detail ?? health };
    if (health !== 'reconnecting') return { kind: 'watching', trouble: detail };
    const retryMs = Math.max(0, (this.#retryAt ?? 0) - clock.monotonicNow());
    return { kind: 'away', detail: detail ?? 'unknown reason', retryMs };
  }

  #publishInfo(header: StreamHeader): void {
    const { clock, config, measurement, nets, publisher, session } = this.#setup;
    if (measurement.state === null) return;
    publisher.publish(
      'info',
      infoPayload({
        session,
        wallAt: clock.wallNow(),
        version: version(),
        header,
        options: audienceOptions(config),
        timing: measurement.state.timing,
        confirmation: confirmationRule(measurement.state.timing.confirm),
        maxYawDegrees: config.attention.maxYawDegrees,
        k: config.privacy.k,
        nets,
      }),
    );
  }

  /** Once: it is the same for every stream of these nets. */
  #warnOfGate({ classifiesAge }: StreamHeader): void {
    if (this.#isGateTold || !gateStanding(this.#setup.config, classifiesAge).isMissed) return;
    this.#isGateTold = true;
    this.#setup.logger.warn({ remedy: GATE_REMEDY }, GATE_MISSED);
  }

  #trimOutbox(): void {
    const { clock, config, logger, outbox } = this.#setup;
    const { outboxMaxDays, outboxMaxRows, outboxMaxMegabytes } = config.store;
    const bounds = { maxAgeMs: outboxMaxDays * DAY_MS, maxRows: outboxMaxRows, maxBytes: outboxMaxMegabytes * 1e6 };
    const lost = this.#stored(() => outbox.trim(bounds, clock.wallNow())) ?? 0;
    this.#rollupsLost += lost;
    if (lost > 0) logger.error({ lost }, 'gave up rollups that no broker took; they stay in the database');
  }

  #deleteOld(): void {
    const { keepMinutesDays, keepDays } = this.#setup.config.store;
    this.#stored(() => this.#setup.retention.deleteSome({ minutes: keepMinutesDays, longer: keepDays }));
  }

  #tellUnreached(error: StorageError): void {
    const { clock, logger } = this.#setup;
    const told = { reason: error.message, at: clock.monotonicNow() };
    const last = this.#unreachedTold;
    if (last?.reason === told.reason && told.at - last.at < HOUR_MS) return;
    this.#unreachedTold = told;
    logger.warn({ err: error }, 'cannot reach the database');
  }

  /** A database that is locked or broken must not stop what needs none; the measurement tells of it when it stores. All else is a bug. */
  #stored(work: () => number): number | null {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#tellUnreached(error);
      return null;
    }
  }
}
