// What the daemon takes observations from: the eye with its camera, or a recording.
import type { AwayFault, PictureFault } from '../observation/fault.ts';
import type { Observation, StreamHeader } from '../observation/observation.ts';
import type { StageTimes } from '../observation/sensor-message.ts';

export type SourceListener = Readonly<{
  /** A stream begins; again after every restart. */
  opened(header: StreamHeader): void;
  /** `sent` is null for a recording. */
  observed(observation: Observation, sent: Sent | null): void;
  /** Nothing can be seen, or nothing that makes sense; the source keeps trying. */
  away(fault: AwayFault | PictureFault, detail: string, retryInMs: number): void;
  /** It begins anew, as at the start: nothing is seen yet, and nothing is wrong. */
  starting(): void;
  /** Nothing is to be seen for now, as the words say. */
  resting(detail: string): void;
  /** A film or recording is over. */
  ended(): void;
  /** It will never work like this; the daemon stops. */
  failed(error: Error): void;
}>;

/** How long the sensor took for the frame, and when it handed the observation over (monotonic milliseconds). */
export type Sent = Readonly<{ stages: StageTimes; sentAt: number }>;

export type ObservationSource = Readonly<{
  start(listener: SourceListener): void;
  stop(): Promise<void>;
  /** The processes that belong to it, for memory figures. */
  processes(): readonly { name: string; pid: number }[];
}>;
