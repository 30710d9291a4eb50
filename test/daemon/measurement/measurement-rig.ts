// A measurement with its clock, store, broker and recording in the hands of the test.
import { type PeriodPart, type Rollup, sumParts } from '../../../src/audience/rollup.ts';
import type { LiveTopic, PayloadOf } from '../../../src/contract/topics.ts';
import { Measurement, type MeasurementOptions } from '../../../src/daemon/measurement/measurement.ts';
import type { PublisherPort, RecorderPort, StorePort } from '../../../src/daemon/measurement/ports.ts';
import { Triggers, type TriggersOptions } from '../../../src/daemon/measurement/triggers.ts';
import type { Observation, StreamHeader } from '../../../src/observation/observation.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { OPTIONS } from '../../support/measure-audience.ts';
import { headerOf } from '../../support/walk-past.ts';
import { memoryLog } from '../memory-log.ts';

export type MeasurementRig = Readonly<{
  clock: ManualClock;
  measurement: Measurement;
  store: MemoryStore;
  publisher: MemoryPublisher;
  recorder: MemoryRecorder;
  log: ReturnType<typeof memoryLog>;
  /** Opens a stream whose clock is the manual one. */
  open(header?: Partial<StreamHeader>): void;
  /** Observes each frame at its time. */
  play(observations: readonly Observation[]): void;
}>;

const screen = { site: 'local', screen: 'lobby' };

export function measurementRig(
  options: Partial<MeasurementOptions> = {},
  targeting: TriggersOptions['targeting'] = { rules: [], defaultTrigger: null },
): MeasurementRig {
  const clock = manualClock();
  const startWallAt = clock.wallNow();
  const store = new MemoryStore();
  const publisher = new MemoryPublisher();
  const recorder = new MemoryRecorder();
  const log = memoryLog();
  const triggers = new Triggers({ targeting, timezone: 'UTC', session: 's1', ttlMs: 6000 }, { clock, publisher });
  const measurement = new Measurement(
    { audience: OPTIONS, screen, session: 's1', ttlMs: 6000, commitEveryMs: 15_000, ...options },
    { clock, logger: log.logger, store, publisher, triggers, recorder },
  );
  return {
    clock,
    measurement,
    store,
    publisher,
    recorder,
    log,
    open: (header) => measurement.opened(headerOf({ clock: 'monotonic', wallAtZero: startWallAt, ...header })),
    play: (observations) => {
      for (const observation of observations) {
        clock.advance(Math.max(0, observation.at - clock.monotonicNow()));
        measurement.observed(observation, null);
      }
    },
  };
}

type Commit = Readonly<{ closed: readonly PeriodPart[]; open: readonly PeriodPart[] }>;

class MemoryStore implements StorePort {
  /** Those that succeeded. */
  commits: readonly Commit[] = [];
  attempts = 0;
  failure: Error | null = null;

  commit(parts: Commit): readonly Rollup[] {
    this.attempts += 1;
    if (this.failure !== null) throw this.failure;
    this.commits = [...this.commits, parts];
    return parts.closed.map((part) => sumParts([part], 0));
  }

  closed(): readonly PeriodPart[] {
    return this.commits.flatMap(({ closed }) => closed);
  }
}

class MemoryPublisher implements PublisherPort {
  readonly messages: { [Name in LiveTopic]: PayloadOf<Name>[] } = {
    info: [],
    now: [],
    trigger: [],
    viewer: [],
    'replay-result': [],
    'play-audience': [],
    health: [],
    alert: [],
  };
  drains = 0;

  publish<Name extends LiveTopic>(topic: Name, payload: PayloadOf<Name>): void {
    const list: PayloadOf<Name>[] = this.messages[topic];
    list.push(payload);
  }

  drain(): void {
    this.drains += 1;
  }
}

class MemoryRecorder implements RecorderPort {
  readonly lines: (StreamHeader | Observation)[] = [];

  header(header: StreamHeader): void {
    this.lines.push(header);
  }

  observation(observation: Observation): void {
    this.lines.push(observation);
  }
}
