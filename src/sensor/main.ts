// The program of the sensor process: wires frames, nets and the channel to the daemon, and decides how it ends.
import { ModelError } from '../models/model-error.ts';
import { type FromSensor, toSensorSchema } from '../observation/sensor-message.ts';
import { FrameError, inheritedBytes } from './frames.ts';
import { monotonicMs } from './monotonic.ts';
import { type Handed, Outlet } from './outlet.ts';
import { runPipeline } from './pipeline.ts';
import { readSensorOptions } from './sensor-options.ts';
import { openSight } from './sight.ts';
import { readViews } from './view.ts';

type Outgoing =
  | Exclude<FromSensor, { kind: 'observation' }>
  | (Handed & Readonly<{ kind: 'observation'; sentAt: number }>);

// Nobody here has business with a network; the permission model does not cover it.
for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);

const FRAMES_DESCRIPTOR = 3;
const EXIT_BUG = 70;

// Without the daemon nobody wants to know.
process.on('disconnect', () => process.exit());
try {
  await watch();
} catch (error) {
  process.exitCode = error instanceof ModelError ? error.exitCode : EXIT_BUG;
  await send({ kind: 'failed', ...failureOf(error) });
}
process.exit();

async function watch(): Promise<void> {
  const options = readSensorOptions(process.argv[2]);
  const sight = await openSight(options);
  const outlet = new Outlet(options.live, (handed) => {
    void send({ kind: 'observation', ...handed, sentAt: monotonicMs() });
  });
  process.on('message', (raw) => outlet.acknowledge(toSensorSchema.parse(raw).seq));
  await send({ kind: 'ready' });
  const frames = readViews(inheritedBytes(FRAMES_DESCRIPTOR), options, monotonicMs);
  await send({ kind: 'ended', frames: await runPipeline(frames, sight, outlet, options, monotonicMs) });
}

/** When it was written to the channel. */
function send(message: Outgoing): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined)
      reject(new Error('the sensor is a child process of the daemon; start onlooker run'));
    else process.send(message, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
  });
}

function failureOf(error: unknown): Pick<Extract<FromSensor, { kind: 'failed' }>, 'code' | 'message'> {
  if (error instanceof ModelError) return { code: 'model', message: error.message };
  if (error instanceof FrameError) return { code: 'frames', message: error.message };
  return { code: 'bug', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
