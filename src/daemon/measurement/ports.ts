// What the measurement needs of the outside, so that tests can stand in for it.
import type { PeriodPart, Rollup } from '../../audience/rollup.ts';
import type { LiveTopic, PayloadOf } from '../../contract/topics.ts';
import type { Observation, StreamHeader } from '../../observation/observation.ts';

export type StorePort = Readonly<{
  /** Writes closed parts and a checkpoint of the open ones in one transaction; throws when that cannot be done. */
  commit(parts: Readonly<{ closed: readonly PeriodPart[]; open: readonly PeriodPart[] }>): readonly Rollup[];
}>;

export type PublisherPort = Readonly<{
  publish<Name extends LiveTopic>(topic: Name, payload: PayloadOf<Name>): void;
  /** There may be new rollups in the outbox. */
  drain(): void;
}>;

export type RecorderPort = Readonly<{
  header(header: StreamHeader): void;
  observation(observation: Observation): void;
}>;
