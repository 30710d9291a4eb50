// Stands in for capture program and sensor: says what the test makes them say, and ends when it lets them.
import type { CaptureSource } from '../../../src/capture/source.ts';
import { Eye } from '../../../src/daemon/eye/eye.ts';
import type { PairListener } from '../../../src/daemon/eye/pair.ts';
import type { Duty } from '../../../src/daemon/eye/watchman.ts';
import type { AwayFault, PictureFault } from '../../../src/observation/fault.ts';
import type { CameraReading } from '../../../src/observation/observation.ts';
import { type FromSensor, fromSensorSchema } from '../../../src/observation/sensor-message.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { headerOf, observationAt } from '../../support/walk-past.ts';
import { memoryLog } from '../memory-log.ts';

type Told =
  | Readonly<{ kind: 'opened'; at: number; wallAtZero: number; periodMs: number }>
  | Readonly<{ kind: 'observed'; seq: number }>
  | Readonly<{ kind: 'away'; at: number; fault: AwayFault | PictureFault; detail: string; retryInMs: number }>
  | Readonly<{ kind: 'resting'; at: number; detail: string }>
  | Readonly<{ kind: 'starting' | 'ended' }>
  | Readonly<{ kind: 'failed'; error: Error }>;

export const CAMERA: CaptureSource = {
  kind: 'v4l2',
  label: 'camera video0',
  program: 'ffmpeg',
  args: [],
  env: {},
  secret: null,
  device: '/dev/video0',
  frame: { width: 640, height: 480, strideBytes: 640 },
  periodMs: 100,
  clock: 'monotonic',
  live: true,
  healthRules: true,
  stopSignal: 'SIGINT',
  deathSignal: 'KILL',
  endsByItself: false,
};

export const FILM: CaptureSource = { ...CAMERA, kind: 'file', label: 'film a.mp4', clock: 'media', endsByItself: true };

const STAGES = { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 };

export class FakePair {
  readonly startedAt: number;
  readonly acknowledged: number[] = [];
  isStopped = false;
  readonly #listener: PairListener;
  /** As the real one, it says nothing any more once it is lost or stopped. */
  #isOver = false;
  #seq = 0;
  #release = (): void => undefined;
  readonly #held: Promise<void> | null;

  constructor(listener: PairListener, startedAt: number, holdsOn: boolean) {
    this.#listener = listener;
    this.startedAt = startedAt;
    this.#held = holdsOn
      ? new Promise((resolve) => {
          this.#release = resolve;
        })
      : null;
  }

  /** The sensor has loaded its nets. */
  ready(): void {
    this.say({ kind: 'ready' });
  }

  observe(at: number, state: CameraReading['state'] = 'ok'): void {
    const observation = observationAt(at, { faces: [], seq: this.#seq, state });
    this.#seq += 1;
    this.say(fromSensorSchema.parse({ kind: 'observation', observation, stages: STAGES, sentAt: at }));
  }

  say(message: FromSensor): void {
    if (!this.#isOver) this.#listener.message(message);
  }

  lose(part: 'capture' | 'sensor', detail = 'was ended by SIGSEGV'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.lost(part === 'sensor' ? 'sensor' : 'broken', `${part} ${detail}`);
  }

  /** Lets a pair end that did not heed its stop signal. */
  letGo(): void {
    this.#release();
  }

  acknowledge(seq: number): void {
    this.acknowledged.push(seq);
  }

  processes(): readonly { name: string; pid: number }[] {
    return [{ name: 'sensor', pid: process.pid }];
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    if (this.#held !== null) await this.#held;
    this.isStopped = true;
  }
}

export type EyeRigOptions = Readonly<{ source?: CaptureSource; maxSensorMegabytes?: number; holdsOn?: boolean }>;

export function eyeRig({ source = CAMERA, maxSensorMegabytes = 100_000, holdsOn = false }: EyeRigOptions = {}) {
  const clock = manualClock();
  const log = memoryLog();
  const pairs: FakePair[] = [];
  const told: Told[] = [];
  /** What the eye asks for; the test changes it. */
  const world: { duty: Duty; isPlugged: boolean } = { duty: { isOpen: true, rateRatio: 1 }, isPlugged: true };
  const { wallAtZero: _, ...header } = headerOf({ clock: source.clock });
  const eye = new Eye(
    {
      lens: (rateRatio) => ({
        source: { ...source, periodMs: source.periodMs / rateRatio },
        header: { ...header, periodMs: source.periodMs / rateRatio },
        startPair: (listener) => {
          const pair = new FakePair(listener, clock.monotonicNow(), holdsOn);
          pairs.push(pair);
          return pair;
        },
      }),
      duty: () => world.duty,
      exists: () => world.isPlugged,
      wallAtMonotonicZero: clock.wallNow(),
      maxSensorMegabytes,
    },
    clock,
    log.logger,
    () => 0.5,
  );
  eye.start({
    opened: ({ wallAtZero, periodMs }) => told.push({ kind: 'opened', at: clock.monotonicNow(), wallAtZero, periodMs }),
    observed: ({ seq }) => told.push({ kind: 'observed', seq }),
    away: (fault, detail, retryInMs) => told.push({ kind: 'away', at: clock.monotonicNow(), fault, detail, retryInMs }),
    starting: () => told.push({ kind: 'starting' }),
    resting: (detail) => told.push({ kind: 'resting', at: clock.monotonicNow(), detail }),
    ended: () => told.push({ kind: 'ended' }),
    failed: (error) => told.push({ kind: 'failed', error }),
  });
  const newest = (): FakePair => {
    const pair = pairs.at(-1);
    if (pair === undefined) throw new Error('no pair was started');
    return pair;
  };
  return {
    clock,
    log,
    eye,
    pairs,
    told,
    world,
    newest,
    /** A frame every 100 ms for so long. */
    watch: (ms: number, state: CameraReading['state'] = 'ok') => {
      for (let passed = 0; passed < ms; passed += 100) {
        clock.advance(100);
        newest().observe(clock.monotonicNow(), state);
      }
    },
    aways: () => told.flatMap((one) => (one.kind === 'away' ? [one] : [])),
    /** Lets the promises of a stop settle, then time pass. */
    pass: async (ms: number) => {
      await new Promise(setImmediate);
      clock.advance(ms);
      await new Promise(setImmediate);
    },
  };
}

export type Rig = ReturnType<typeof eyeRig>;
