// Opens the configured source as the daemon does, with the capture program and the sensor, and watches it for a few seconds.
import { CaptureError } from '../capture/capture-error.ts';
import { resolveSource } from '../capture/resolve-source.ts';
import type { CaptureOptions, CaptureSource } from '../capture/source.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from '../daemon/clock.ts';
import { captureOptions, sensorArgument } from '../daemon/component-options.ts';
import { startPair } from '../daemon/eye/start-pair.ts';
import type { Nets } from '../daemon/nets.ts';
import type { AwayFault } from '../observation/fault.ts';
import type { Observation } from '../observation/observation.ts';

export type CameraTrial = Readonly<
  /** The message holds the remedy. */
  | { kind: 'impossible'; message: string }
  | { kind: 'lost'; label: string; fault: AwayFault; detail: string }
  | { kind: 'watched'; label: string; isDemo: boolean; periodMs: number; observations: readonly Observation[] }
>;

type CameraSetup = Readonly<{
  config: Config;
  sourcePassword: string | null;
  nets: Nets;
  /** From the first frame on. */
  forMs: number;
  clock: Clock;
}>;

const FIRST_FRAME_LIMIT_MS = 12_000;
const STOP_PATIENCE_MS = 1000;

export async function tryCamera(setup: CameraSetup): Promise<CameraTrial> {
  const { config, sourcePassword, clock } = setup;
  const until = clock.monotonicNow() + FIRST_FRAME_LIMIT_MS;
  const source = await resolved(captureOptions(config, sourcePassword), clock);
  return 'message' in source ? { kind: 'impossible', ...source } : watch(source, setup, until);
}

/** A stream may take as long to be asked about its size as there is for its first frame. */
async function resolved(options: CaptureOptions, clock: Clock): Promise<CaptureSource | { message: string }> {
  let cancel = (): void => undefined;
  const tooLate = new Promise<{ message: string }>((resolve) => {
    const message = `${options.input ?? 'The source'} gave no answer within ${FIRST_FRAME_LIMIT_MS / 1000} s.`;
    cancel = clock.after(FIRST_FRAME_LIMIT_MS, () => resolve({ message }));
  });
  try {
    return await Promise.race([resolveSource(options), tooLate]);
  } catch (error) {
    if (error instanceof CaptureError) return { message: error.message };
    throw error;
  } finally {
    cancel();
  }
}

function watch(
  source: CaptureSource,
  { config, nets, forMs, clock }: CameraSetup,
  until: number,
): Promise<CameraTrial> {
  const { label, periodMs } = source;
  const isDemo = source.kind === 'demo';
  const observations: Observation[] = [];
  let isReady = false;
  return new Promise((resolve) => {
    const finish = (trial: CameraTrial) => {
      cancel();
      void pair.stop(STOP_PATIENCE_MS).then(() => resolve(trial));
    };
    const lose = (fault: AwayFault, detail: string) => finish({ kind: 'lost', label, fault, detail });
    const watched = () => finish({ kind: 'watched', label, isDemo, periodMs, observations });
    let cancel = clock.after(Math.max(0, until - clock.monotonicNow()), () => {
      if (isReady) lose('hung', 'no frame came');
      else lose('sensor', 'the sensor loads nothing');
    });
    const pair = startPair(source, sensorArgument(config, source, nets), clock, {
      message: (message) => {
        switch (message.kind) {
          case 'ready':
            isReady = true;
            return;
          case 'observation':
            if (observations.length === 0) {
              cancel();
              cancel = clock.after(forMs, watched);
            }
            observations.push(message.observation);
            pair.acknowledge(message.observation.seq);
            return;
          case 'ended':
            watched();
            return;
          case 'failed':
            lose('sensor', message.message);
        }
      },
      lost: lose,
    });
  });
}
