// Measures what a frame costs: our own processor time against a forward pass, the time by stage, and the looks per viewer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configured } from '../../src/cli/source-options.ts';
import { systemClock } from '../../src/daemon/clock.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { createLogger } from '../../src/daemon/logger.ts';
import type { FrameCosts } from '../../src/daemon/measurement/frame-costs.ts';
import { chooseNets, describeNets } from '../../src/daemon/nets.ts';
import { Publisher } from '../../src/mqtt/publisher.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { createNotifier } from '../../src/systemd/notifier.ts';
import { Ledger, type Sums } from './ledger.ts';
import { meteredSource } from './metered-source.ts';
import { type BenchFrames, FORWARD, type SensorFigures } from './sensor-figures.ts';

export type FrameFigures = Readonly<{
  frames: number;
  /** Processor milliseconds per frame of everything but forward passes and the capture program. */
  sensorMs: Sums;
  daemonMs: Sums;
  ownMs: number;
  referenceMs: number;
  /** `ownMs` by `referenceMs`. */
  ownRatio: number;
  forwardMs: number;
  /** Forward passes per frame by the size of their input. */
  passes: Readonly<Record<string, number>>;
  /** Wall clock, mean per frame. */
  stageMs: FrameCosts;
  viewers: number;
  looksPerViewer: number;
  zoomChecksPerViewer: number;
}>;

export async function measureFrames(frames: BenchFrames): Promise<FrameFigures> {
  const { config } = configured({});
  const nets = chooseNets(config);
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-bench-'));
  const logger = createLogger('error', 2);
  const clock = systemClock;
  const session = 'bench';
  const ledger = meteredDaemon();
  let sensor: SensorFigures | null = null;
  let daemonSums: Sums = {};
  const source = await meteredSource({
    ...{ config, nets, session, frames, ledger },
    finished: (figures) => {
      sensor = figures;
      daemonSums = ledger.sums();
    },
  });
  const daemon = await startDaemon({
    config: { ...config, mqtt: { ...config.mqtt, port: 0, webSocketPort: null } },
    ...{
      mqttPassword: null,
      session,
      stateFolder: folder,
      source,
      watchman: null,
      nets: describeNets(nets),
      recordPath: null,
      isReplay: false,
    },
    ...{ clock, random: Math.random, logger },
    notifier: createNotifier({ env: {}, now: clock.monotonicNow, after: clock.after, logger }),
  });
  try {
    await daemon.done;
  } finally {
    await daemon.stop();
    rmSync(folder, { recursive: true });
  }
  const { costs, tally } = daemon.measurement;
  if (sensor === null) throw new Error('the sensor of the bench gave no figures');
  return {
    ...ownTime(sensor, daemonSums, frames.measured),
    stageMs: costs.means(),
    viewers: tally.viewers,
    looksPerViewer: tally.looks / tally.viewers,
    zoomChecksPerViewer: tally.zoomChecks / tally.viewers,
  };
}

function meteredDaemon(): Ledger {
  const ledger = new Ledger();
  ledger.meter(Publisher.prototype, 'publish', 'publish', 'observe');
  ledger.meter(Publisher.prototype, 'drain', 'publish', 'observe');
  ledger.meter(RollupStore.prototype, 'commit', 'store', 'observe');
  return ledger;
}

function ownTime({ sums, passes, referenceMs }: SensorFigures, daemonSums: Sums, frames: number) {
  const { [FORWARD]: forward = 0, ...own } = sums;
  const sensorMs = perFrame(own, frames);
  const daemonMs = perFrame(daemonSums, frames);
  const ownMs = [...Object.values(sensorMs), ...Object.values(daemonMs)].reduce((sum, ms) => sum + ms, 0);
  const forwardMs = forward / frames;
  const ownRatio = ownMs / referenceMs;
  return { frames, sensorMs, daemonMs, ownMs, referenceMs, ownRatio, forwardMs, passes: perFrame(passes, frames) };
}

function perFrame(sums: Sums, frames: number): Sums {
  return Object.fromEntries(Object.entries(sums).map(([label, sum]) => [label, sum / frames]));
}
