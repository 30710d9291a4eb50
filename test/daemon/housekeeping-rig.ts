// A house to be kept: a measurement with its rig, systemd and the outbox in the hands of the test.
import { type Config, loadConfig } from '../../src/config/load.ts';
import { Housekeeping } from '../../src/daemon/housekeeping.ts';
import type { SourceListener } from '../../src/daemon/observation-source.ts';
import type { Observation, StreamHeader } from '../../src/observation/observation.ts';
import type { OutboxBounds } from '../../src/sqlite/outbox.ts';
import type { RetentionDays } from '../../src/sqlite/retention.ts';
import { headerOf } from '../support/walk-past.ts';
import { type MeasurementRig, measurementRig } from './measurement/measurement-rig.ts';

export type HousekeepingRig = Omit<MeasurementRig, 'play'> &
  Readonly<{
    housekeeping: Housekeeping;
    source: SourceListener;
    /** What systemd was told, but for the status. */
    notified: readonly string[];
    statuses: readonly string[];
    outbox: MemoryTrims;
    /** What was asked to be kept, each time. */
    deletions: readonly RetentionDays[];
    settled: readonly (Error | 'ended')[];
    broker: { state: 'connected' | 'connecting' };
    header(changes?: Partial<StreamHeader>): StreamHeader;
    /** Hands each observation over `lateMs` after its time. */
    play(observations: readonly Observation[], lateMs?: number): void;
    /** Hands them over as a recording does, which nobody has sent. */
    replay(observations: readonly Observation[]): void;
    /** How often the watchdog was fed in the next `ms`. */
    fedIn(ms: number): number;
  }>;

export function housekeepingRig(changes: Partial<Config> = {}): HousekeepingRig {
  const config = { ...loadConfig(null, { hostname: 'lobby' }).config, ...changes };
  const { play: _, ...rig } = measurementRig();
  const { clock, measurement, publisher, log } = rig;
  const startWallAt = clock.wallNow();
  const notified: string[] = [];
  const statuses: string[] = [];
  const settled: (Error | 'ended')[] = [];
  const outbox = new MemoryTrims();
  const deletions: RetentionDays[] = [];
  const broker: HousekeepingRig['broker'] = { state: 'connected' };
  const note = (word: string) => async () => {
    notified.push(word);
  };
  const housekeeping = new Housekeeping({
    config,
    session: 's1',
    nets: { pack: 'default', models: [] },
    watchman: null,
    clock,
    logger: log.logger,
    measurement,
    outbox,
    retention: { deleteSome: (days) => deletions.push(days) },
    publisher: {
      publish: (topic, payload) => publisher.publish(topic, payload),
      status: () => ({ state: broker.state, lastError: null, liveMessagesDropped: 4, messagesRefused: 0 }),
    },
    notifier: {
      watchdogMs: 30_000,
      ready: note('ready'),
      reloading: note('reloading'),
      stopping: note('stopping'),
      progressed: () => notified.push('progressed'),
      status: async (text) => {
        statuses.push(text);
      },
    },
  });
  const source = housekeeping.listener(
    () => settled.push('ended'),
    (error) => settled.push(error),
  );
  const fed = () => notified.filter((word) => word === 'progressed').length;
  return {
    ...rig,
    housekeeping,
    source,
    notified,
    statuses,
    outbox,
    deletions,
    settled,
    broker,
    header: (changes) => headerOf({ clock: 'monotonic', wallAtZero: startWallAt, ...changes }),
    play: (observations, lateMs = 0) => {
      for (const observation of observations) {
        clock.advance(Math.max(0, observation.at + lateMs - clock.monotonicNow()));
        source.observed(observation, { stages: NO_STAGES, sentAt: clock.preciseNow() });
      }
    },
    replay: (observations) => {
      for (const observation of observations) source.observed(observation, null);
    },
    fedIn: (ms) => {
      const before = fed();
      clock.advance(ms);
      return fed() - before;
    },
  };
}

const NO_STAGES = { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 };

class MemoryTrims {
  readonly bounds: OutboxBounds[] = [];
  lost = 0;
  failure: Error | null = null;

  depth(): number {
    if (this.failure !== null) throw this.failure;
    return 7;
  }

  trim(bounds: OutboxBounds): number {
    this.bounds.push(bounds);
    return this.lost;
  }
}
