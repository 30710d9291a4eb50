// Runs the audience core on what the source sees, and hands on what comes out: to the database, the broker and the recording.
import { type AudienceNow, audienceNow, seenNow, viewersNow } from '../../audience/audience-now.ts';
import type { AudienceState } from '../../audience/audience-state.ts';
import { checkpoint, endStream, observe, openStream, type Step, tick } from '../../audience/observe.ts';
import type { AudienceOptions } from '../../audience/options.ts';
import type { Rollup } from '../../audience/rollup.ts';
import type { Viewer } from '../../audience/viewer.ts';
import { viewerEvent } from '../../contract/events.ts';
import { nowPayload } from '../../contract/now.ts';
import type { NowPayload } from '../../contract/payloads.ts';
import type { Screen } from '../../contract/topics.ts';
import type { AwayFault, PictureFault } from '../../observation/fault.ts';
import type { Observation, StreamHeader } from '../../observation/observation.ts';
import type { Clock } from '../clock.ts';
import { blinded, type Eyesight, NOTHING_SEEN, resting, seeing, starting } from '../eye/eyesight.ts';
import type { Logger } from '../logger.ts';
import type { Sent } from '../observation-source.ts';
import { FrameCostMeter } from './frame-costs.ts';
import { PartKeeper } from './part-keeper.ts';
import { PlayMeter } from './play-meter.ts';
import type { PublisherPort, RecorderPort, StorePort } from './ports.ts';
import { Tally } from './tally.ts';
import type { Sighting, Triggers } from './triggers.ts';

export type MeasurementOptions = Readonly<{
  audience: AudienceOptions;
  screen: Screen;
  session: string;
  ttlMs: number;
  commitEveryMs: number;
}>;

export type MeasurementPorts = Readonly<{
  clock: Clock;
  logger: Logger;
  store: StorePort;
  publisher: PublisherPort;
  triggers: Triggers;
  recorder: RecorderPort | null;
}>;

/**
 * The state `now` is not published more often than this, however fast it changes. A guess: five a second is as much as a
 * person sees of a number that changes; players decide by triggers, which do not wait for it.
 */
const NOW_MIN_INTERVAL_MS = 200;

export class Measurement {
  readonly costs = new FrameCostMeter();
  readonly tally = new Tally();
  readonly plays: PlayMeter;
  readonly #options: MeasurementOptions;
  readonly #ports: MeasurementPorts;
  readonly #parts: PartKeeper;
  #state: AudienceState | null = null;
  #sight: Eyesight = NOTHING_SEEN;
  #nowSeq = 0;
  #nowPublishedAt = Number.NEGATIVE_INFINITY;
  #nowPublished = '';

  constructor(options: MeasurementOptions, ports: MeasurementPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#parts = new PartKeeper(options.commitEveryMs, ports);
    this.plays = new PlayMeter({ ...options, watcherMs: options.audience.watcherMs }, ports);
  }

  opened(header: StreamHeader): void {
    this.#ports.recorder?.header(header);
    const before = this.#state;
    // The last frame of the stream before speaks for its longest interval: no other frame came in it.
    if (before !== null && before.frameAt !== null) this.passed(before.frameAt + before.timing.maxIntervalMs);
    this.#state = openStream(this.#state, header, this.#options.audience);
    this.#ports.triggers.opened();
  }

  observed(observation: Observation, sent: Sent | null): void {
    const before = this.#state;
    if (before === null) return;
    const now = this.#ports.clock.preciseNow();
    if (sent !== null) this.costs.frame(sent.stages, now - sent.sentAt);
    this.#ports.recorder?.observation(observation);
    const since = before.frameAt === null ? null : observation.at - before.frameAt;
    // A live frame is as old as its stamp; one of a film or recording is as old as its arrival.
    const isLive = sent !== null && before.header.clock === 'monotonic';
    this.plays.frame(observation.at, isLive);
    this.#sight = seeing(this.#sight, observation, since, isLive ? observation.at : now);
    this.tally.frame(observation);
    this.#take(observe(before, observation, this.#options.audience), observation.at);
    const { triggers } = this.#ports;
    const wallAtZero = isLive ? null : before.header.wallAtZero;
    this.#timed('publish', () => triggers.observed(this.#sighting(), observation.at, wallAtZero));
    this.#timed('publish', () => this.#publishNow(false));
  }

  /** No frame has come for a while: `at` is the instant of the stream's clock. */
  passed(at: number): void {
    if (this.#state !== null) this.#take(tick(this.#state, at, this.#options.audience), at);
  }

  away(fault: AwayFault | PictureFault, detail: string): void {
    this.#sight = blinded(this.#sight, fault, detail);
    this.#tell();
  }

  starting(): void {
    this.#sight = starting(this.#sight);
    this.#tell();
  }

  resting(detail: string): void {
    this.#sight = resting(this.#sight, detail);
    this.#tell();
  }

  /** The stream is over: everybody leaves, and the open period is written as partial. */
  ended(): void {
    const before = this.#state;
    if (before !== null && before.frameAt !== null) {
      const at = before.frameAt + (before.healthy ? before.header.periodMs : 0);
      this.#take(endStream(before, at, this.#options.audience), at);
      this.#stored(() => this.#parts.finish());
    }
    this.plays.finish();
    this.#state = null;
    this.#sight = { ...this.#sight, health: 'ended', fault: null, detail: null };
    this.#tell();
  }

  /** Repeats the state, so that consumers know that it still holds. */
  beat(): void {
    this.#ports.triggers.beat(this.#sighting());
    this.#publishNow(true);
  }

  get sight(): Eyesight {
    return this.#sight;
  }

  get storage(): 'ok' | 'failing' {
    return this.#parts.storage;
  }

  get state(): AudienceState | null {
    return this.#state;
  }

  now(): NowPayload {
    const { clock } = this.#ports;
    const { health, seenAt } = this.#sight;
    return nowPayload(this.audience(), {
      session: this.#options.session,
      seq: this.#nowSeq,
      wallAt: clock.wallNow(),
      ttlMs: this.#options.ttlMs,
      ageMs: seenAt === null ? null : Math.max(0, Math.round(clock.preciseNow() - seenAt)),
      health,
    });
  }

  /** Null when nothing is known: a picture that may be dark or frozen shows nobody, which is not an empty room. */
  audience(): AudienceNow | null {
    if (this.#state?.healthy !== true || this.#sight.health !== 'ok') return null;
    return audienceNow(this.#state, this.#options.audience);
  }

  viewers(): readonly Viewer[] {
    return this.#state === null ? [] : viewersNow(this.#state);
  }

  #take(step: Step, at: number): void {
    this.#state = step.state;
    this.plays.took(step, at);
    this.tally.events(step.events, step.state.header.wallAtZero);
    const { screen } = this.#options;
    // The session in which the visit was seen, which for a recording is not the one that tells of it.
    const { session, wallAtZero } = step.state.header;
    this.#timed('publish', () => {
      for (const event of step.events) {
        this.#ports.publisher.publish('viewer', viewerEvent(event, screen, session, wallAtZero));
      }
    });
    this.#stored(() => this.#parts.took(step.closed, () => checkpoint(step.state), at));
  }

  /** There may be new rollups in the outbox; null for no commit. */
  #stored(commit: () => readonly Rollup[] | null): void {
    const written = this.#timed('store', commit);
    if (written === null) return;
    this.tally.rollups(written);
    this.#timed('publish', () => this.#ports.publisher.drain());
  }

  /** How well the source sees has changed. */
  #tell(): void {
    this.#ports.triggers.changed(this.#sighting());
    this.#publishNow(true);
  }

  #sighting(): Sighting {
    const { health, seenAt } = this.#sight;
    const state = this.#state;
    const present = state?.healthy === true ? seenNow(state, this.#options.audience) : null;
    return { health, seenAt, maxIntervalMs: state?.timing.maxIntervalMs ?? 0, present };
  }

  #publishNow(isDue: boolean): void {
    const at = this.#ports.clock.preciseNow();
    if (!isDue && at - this.#nowPublishedAt < NOW_MIN_INTERVAL_MS) return;
    const payload = this.now();
    const changed = JSON.stringify({ ...payload, seq: 0, at: '', ageMs: 0, longestDwellMs: 0 });
    if (!isDue && changed === this.#nowPublished) return;
    this.#nowPublished = changed;
    this.#nowPublishedAt = at;
    this.#nowSeq += 1;
    this.#ports.publisher.publish('now', payload);
  }

  #timed<T>(stage: 'store' | 'publish', work: () => T): T {
    const from = this.#ports.clock.preciseNow();
    try {
      return work();
    } finally {
      this.costs.add(stage, this.#ports.clock.preciseNow() - from);
    }
  }
}
