// The sensor of the bench: the real pipeline and nets, with its own processor time told apart from the forward passes.
import { createRequire } from 'node:module';
import { openPack } from '../../src/models/pack.ts';
import { toSensorSchema } from '../../src/observation/sensor-message.ts';
import { inheritedBytes, type RawFrame } from '../../src/sensor/frames.ts';
import { loadNet } from '../../src/sensor/load-net.ts';
import { monotonicMs } from '../../src/sensor/monotonic.ts';
import { bgrFromI420, forward, resize, scope } from '../../src/sensor/opencv.ts';
import { Outlet } from '../../src/sensor/outlet.ts';
import { runPipeline } from '../../src/sensor/pipeline.ts';
import { readSensorOptions, type SensorOptions } from '../../src/sensor/sensor-options.ts';
import { openSight, type ShownFrame, type Sight } from '../../src/sensor/sight.ts';
import { readViews } from '../../src/sensor/view.ts';
import { Ledger } from './ledger.ts';
import { type BenchFrames, FORWARD, type SensorFigures } from './sensor-figures.ts';

const REFERENCE = { width: 320, height: 192 } as const;
/** Often enough that a busy machine slows both alike. */
const REFERENCE_EVERY = 8;

const ledger = new Ledger();
let passes: Record<string, number> = {};
let referenceMs: readonly number[] = [];

const options = readSensorOptions(process.argv[2]);
const { warmUp, measured }: BenchFrames = JSON.parse(process.argv[3] ?? 'null');
meterOpenCv();
const sight = metered(await openSight(options));
const outlet = new Outlet(options.live, (handed) => {
  ledger.charge('track');
  process.send?.({ kind: 'observation', ...handed, sentAt: monotonicMs() });
  ledger.charge('send');
});
process.on('message', (raw) => outlet.acknowledge(toSensorSchema.parse(raw).seq));
process.send?.({ kind: 'ready' });
const frames = await runPipeline(someFrames(), sight, outlet, options, monotonicMs);
process.send?.(figures());
process.send?.({ kind: 'ended', frames }, () => process.exit());

async function* someFrames(): AsyncGenerator<RawFrame> {
  const reference = referencePass(options);
  let index = 0;
  for await (const frame of readViews(inheritedBytes(3), options, monotonicMs)) {
    ledger.charge('read');
    if (index % REFERENCE_EVERY === 0) await reference(frame.bytes);
    if (index === warmUp) startCounting();
    yield frame;
    index += 1;
    if (index === warmUp + measured) return;
  }
}

function startCounting(): void {
  ledger.reset();
  passes = {};
  referenceMs = [];
}

function figures(): SensorFigures {
  const sum = referenceMs.reduce((total, ms) => total + ms, 0);
  return { kind: 'figures', sums: ledger.sums(), passes, referenceMs: sum / referenceMs.length };
}

/** Charges what happens between and around the calls of a frame that is shown to what it is. */
function metered(open: Sight): Sight {
  return async (bytes, work) => {
    ledger.charge('gate');
    const result = await open(bytes, async (shown) => {
      ledger.charge('I420 to BGR');
      const done = await work(meteredFrame(shown));
      ledger.charge('track');
      return done;
    });
    ledger.charge('I420 to BGR');
    return result;
  };
}

function meteredFrame(shown: ShownFrame): ShownFrame {
  const inside = async <T>(work: () => Promise<T>): Promise<T> => {
    ledger.charge('track');
    const result = await work();
    ledger.charge('decode');
    return result;
  };
  return {
    detect: () => inside(() => shown.detect()),
    zoomCheck: (box) => inside(() => shown.zoomCheck(box)),
    classify: (box) => inside(() => shown.classify(box)),
  };
}

function meterOpenCv(): void {
  // What require returns is the package, whose types name its exports.
  const cv = createRequire(import.meta.url)('@u4/opencv4nodejs') as typeof import('@u4/opencv4nodejs');
  // The processor time of threads that spin would be nobody's.
  cv.setNumThreads(1);
  ledger.meter(cv.Mat.prototype, 'resize', 'resize', 'decode');
  ledger.meter(cv.Mat.prototype, 'copyMakeBorder', 'resize', 'decode');
  ledger.meter(cv, 'blobFromImage', 'blob', 'decode');
  ledger.meter(cv.Net.prototype, 'setInput', 'blob', 'decode', ([blob]) => {
    const input = blob instanceof cv.Mat ? blob.sizes.slice(-2).reverse().join('×') : 'unknown';
    passes[input] = (passes[input] ?? 0) + 1;
  });
  ledger.meter(cv.Net.prototype, 'forwardAsync', FORWARD, 'decode');
}

/** One forward pass of the detector at the reference size, on accounts of its own. */
function referencePass({ pack, frame }: SensorOptions) {
  const { detector } = openPack(pack);
  const { spec } = detector;
  if (spec.decoder !== 'full-range') throw new Error(`${spec.name} is not the detector of the budget`);
  const net = loadNet({ ...detector, spec });
  return async (bytes: Buffer) => {
    const counted = passes;
    passes = {};
    const sums = await ledger.apart(() =>
      scope(async (keep) => {
        const image = resize(keep, bgrFromI420(keep, bytes, frame), REFERENCE.width, REFERENCE.height);
        await forward(net, image, spec.input, [spec.outputs.scores, spec.outputs.boxes], () => undefined);
      }),
    );
    passes = counted;
    referenceMs = [...referenceMs, sums[FORWARD] ?? 0];
  };
}
