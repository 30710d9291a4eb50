// One run of the two processes of the eye: the capture program and the sensor, joined so that no frame passes the daemon.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { dyingWithUs, lastWords, ownEnvironment, secretDescriptor, tellSecret } from '../../capture/child-program.ts';
import { type Complaint, complaintIn } from '../../capture/complaint.ts';
import { leaveProgram } from '../../capture/leave-program.ts';
import { endGroup, isGroupLeft } from '../../capture/process-group.ts';
import type { CaptureSource } from '../../capture/source.ts';
import type { AwayFault } from '../../observation/fault.ts';
import { messageOf } from '../../observation/message-of.ts';
import { type FromSensor, fromSensorSchema, type ToSensor } from '../../observation/sensor-message.ts';
import type { Clock } from '../clock.ts';
import { SENSOR_FLAGS, SENSOR_PROGRAM, sensorEnvironment } from './sensor-command.ts';

export type PairListener = Readonly<{
  message(message: FromSensor): void;
  /** One of the two is gone, for good: the fault and, in words, which of them and why. */
  lost(fault: AwayFault, detail: string): void;
}>;

/** A capture program that does not heed its stop signal for this long is killed. */
const PATIENCE_MS = 3000;

type Part = 'sensor' | 'capture';

export class Pair {
  readonly #source: CaptureSource;
  readonly #clock: Clock;
  readonly #listener: PairListener;
  readonly #sensor: ChildProcess;
  #capture: ChildProcess | null = null;
  readonly #said: Record<Part, string> = { sensor: '', capture: '' };
  #captureExit: number | null = null;
  #ended: FromSensor | null = null;
  #over = false;

  /** Starts the sensor; the capture program follows when the sensor has loaded its nets. */
  constructor(source: CaptureSource, sensorOptions: string, clock: Clock, listener: PairListener) {
    this.#source = source;
    this.#clock = clock;
    this.#listener = listener;
    const [execPath, execArgv] = dyingWithUs(process.execPath, SENSOR_FLAGS);
    this.#sensor = fork(SENSOR_PROGRAM, [sensorOptions], {
      execPath,
      execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
      env: sensorEnvironment(ownEnvironment()),
      detached: true,
    });
    this.#sensor.stderr?.on('data', (chunk: Buffer) => this.#keep('sensor', chunk));
    this.#sensor.on('message', (message) => this.#receive(message));
    this.#sensor.on('error', (error) => this.#lose('sensor', `sensor ${error.message}`));
    this.#sensor.on('exit', (code, signal) => this.#loseSensor(code, signal));
  }

  acknowledge(seq: number): void {
    const message: ToSensor = { kind: 'acknowledged', seq };
    if (this.#sensor.connected) this.#sensor.send(message, () => undefined);
  }

  processes(): readonly { name: string; pid: number }[] {
    const named = [
      { name: 'sensor', pid: this.#sensor.pid },
      { name: 'capture', pid: this.#capture?.pid },
    ];
    return named.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }]));
  }

  /** Whether nothing is left of the two and what they started. */
  get hasEnded(): boolean {
    return !isGroupLeft(this.#sensor.pid) && !isGroupLeft(this.#capture?.pid);
  }

  /** Ends both: the capture program by its own stop signal first, the sensor at once. */
  async stop(patienceMs = PATIENCE_MS): Promise<void> {
    this.#over = true;
    const capture = this.#capture;
    const { after } = this.#clock;
    await Promise.all([
      leaveProgram(this.#sensor, 'SIGKILL', patienceMs, after),
      capture === null ? Promise.resolve() : leaveProgram(capture, this.#source.stopSignal, patienceMs, after),
    ]);
  }

  #receive(raw: unknown): void {
    const parsed = fromSensorSchema.safeParse(raw);
    if (this.#over) return;
    if (!parsed.success) {
      this.#lose('sensor', 'sensor sent a message that is none');
      return;
    }
    // Whether the frames ended because the film did, only the capture program can say.
    if (parsed.data.kind === 'ended' && this.#captureExit === null) this.#ended = parsed.data;
    else this.#listener.message(parsed.data);
    if (parsed.data.kind === 'ready') this.#startCapture();
  }

  #startCapture(): void {
    try {
      this.#spawnCapture();
    } catch (error) {
      // What the system refuses for want of memory, or because the command is too long, is thrown.
      this.#lose('broken', `capture ${messageOf(error)}`);
    }
  }

  #spawnCapture(): void {
    const { program, args, env, secret, deathSignal } = this.#source;
    // The fourth descriptor of the sensor is a pipe whose other end becomes the standard output of the capture program.
    const pipe = this.#sensor.stdio[3] as Writable & Readable;
    const capture = spawn(...dyingWithUs(program, args, deathSignal), {
      stdio: ['ignore', pipe, 'pipe', secretDescriptor(secret)],
      env: { ...ownEnvironment(), ...env },
      detached: true,
    });
    this.#capture = capture;
    tellSecret(capture, secret);
    capture.stderr?.on('data', (chunk: Buffer) => this.#keep('capture', chunk));
    capture.on('error', (error) => this.#lose('broken', `capture ${error.message}`));
    capture.on('exit', (code, signal) => {
      pipe.destroy();
      endGroup(capture.pid);
      // A film that ran to its end: the sensor sees the end of the frames and says so.
      if (this.#source.endsByItself && code === 0) {
        this.#captureExit = code;
        if (this.#ended !== null && !this.#over) this.#listener.message(this.#ended);
        return;
      }
      const complaint = complaintIn(this.#said.capture);
      this.#lose(complaint.fault, `capture ${exitWords(code, signal, complaint)}`);
    });
  }

  #loseSensor(code: number | null, signal: NodeJS.Signals | null): void {
    const words = this.#said.sensor.trim().split('\n').at(-1)?.trim() || null;
    this.#lose('sensor', `sensor ${exitWords(code, signal, { words, remedy: null })}`);
  }

  #keep(part: Part, chunk: Buffer): void {
    this.#said[part] = lastWords(this.#said[part], chunk);
  }

  #lose(fault: AwayFault, detail: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.lost(fault, detail);
  }
}

/** In one sentence. */
function exitWords(
  code: number | null,
  signal: NodeJS.Signals | null,
  { words, remedy }: Pick<Complaint, 'words' | 'remedy'>,
): string {
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  return `${how}${words === null ? '' : `: ${words}`}${remedy === null ? '' : `; ${remedy}`}`;
}
