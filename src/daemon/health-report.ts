// Tells how the daemon and its camera are: health now and then and whenever it changes, and every alert when it begins and ends.
import { alertPayload } from '../contract/alert.ts';
import type { AlertName } from '../contract/alerts.ts';
import { healthPayload } from '../contract/health.ts';
import type { Publisher } from '../mqtt/publisher.ts';
import { type Alerts, NO_ALERTS, noticeAlerts } from './alerts.ts';
import type { Clock } from './clock.ts';
import type { Watchman } from './eye/watchman.ts';
import type { Logger } from './logger.ts';
import type { Measurement } from './measurement/measurement.ts';

export type HealthReportSetup = Readonly<{
  session: string;
  clock: Clock;
  logger: Logger;
  measurement: Measurement;
  publisher: Pick<Publisher, 'publish' | 'status'>;
  /** Null where no camera is watched. */
  watchman: Watchman | null;
  /** Rollups that wait; null when the database does not say. */
  queued: () => number | null;
  /** Those given up because no broker took them in time. */
  rollupsLost: () => number;
}>;

/** A camera that is well for as long is well. */
const CALM_MS = 5000;

const NOTICES = {
  moved: 'the camera shows another scene than before',
  'too-slow': 'less than half of the frames come',
};

export class HealthReport {
  readonly #setup: HealthReportSetup;
  #told = '';
  /** How many were lost before the outbox was empty for the last time. */
  #lostBefore = 0;
  #alerts: Alerts = NO_ALERTS;

  constructor(setup: HealthReportSetup) {
    this.#setup = setup;
  }

  /** To be called with every frame and every second. */
  notice(): void {
    const { clock, logger, measurement, publisher, session } = this.#setup;
    const { sight, tally } = measurement;
    const wallAt = clock.wallNow();
    const { alerts, changed } = noticeAlerts(this.#alerts, this.#active(), this.#cameraIsWell(), wallAt);
    this.#alerts = alerts;
    for (const { name: alert, since, until, detail } of changed) {
      logger.warn(
        { alert, detail, lastedMs: until === null ? null : until - since },
        until === null ? 'alert' : 'alert over',
      );
      publisher.publish('alert', alertPayload({ session, wallAt, alert, since, until, detail }));
    }
    if (JSON.stringify([sight.health, sight.fault, tally.staticExcluded]) !== this.#told) this.tell();
  }

  tell(): void {
    const { clock, measurement, publisher, queued, rollupsLost, session, watchman } = this.#setup;
    const { sight, tally, storage, state } = measurement;
    const condition = watchman?.condition();
    const outboxDepth = queued();
    if (outboxDepth === 0) this.#lostBefore = rollupsLost();
    this.#told = JSON.stringify([sight.health, sight.fault, tally.staticExcluded]);
    publisher.publish(
      'health',
      healthPayload({
        session,
        wallAt: clock.wallNow(),
        health: sight.health,
        fault: sight.fault,
        detail: sight.detail,
        framesPerSecond: sight.framesPerSecond,
        frameAgeMs: sight.seenAt === null ? null : clock.preciseNow() - sight.seenAt,
        luma: sight.camera?.luma ?? null,
        sharpness: sight.camera?.sharpness ?? null,
        framesDropped: sight.camera?.framesDropped ?? 0,
        observationsDropped: sight.observationsDropped,
        restarts: sight.restarts,
        outboxDepth,
        rollupsLost: rollupsLost(),
        liveMessagesDropped: publisher.status().liveMessagesDropped,
        messagesRefused: publisher.status().messagesRefused,
        storage,
        staticExcluded: tally.staticExcluded,
        temperatureCelsius: condition?.temperatureCelsius ?? null,
        throttled: condition?.throttled ?? null,
        undervoltage: condition?.undervoltage ?? null,
        clockSynced: state?.header.clockSynced ?? null,
      }),
    );
  }

  #active(): ReadonlyMap<AlertName, string> {
    const { measurement, rollupsLost, watchman } = this.#setup;
    const { sight, storage } = measurement;
    const active = new Map<AlertName, string>();
    if (sight.fault !== null) active.set(sight.fault, sight.detail ?? sight.fault);
    for (const notice of sight.camera?.notices ?? []) active.set(notice, NOTICES[notice]);
    const slowed = watchman?.slowedBecause() ?? null;
    if (slowed !== null) active.set('half-rate', slowed);
    if (storage === 'failing') active.set('storage', 'the database cannot be written');
    if (rollupsLost() > this.#lostBefore) active.set('outbox', 'no broker takes the rollups: the oldest are given up');
    return active;
  }

  /** Outside the opening hours nothing is known of it, and nothing is wrong. */
  #cameraIsWell(): boolean {
    const { clock, measurement } = this.#setup;
    const { health, wellSince } = measurement.sight;
    if (health === 'closed' || health === 'ended') return true;
    return wellSince !== null && clock.monotonicNow() - wellSince >= CALM_MS;
  }
}
