// Ours beside the programs compared: the real daemon and sensor on a film, as fast as they take it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveSource } from '../../src/capture/resolve-source.ts';
import { NO_WISHES } from '../../src/capture/source.ts';
import { configured } from '../../src/cli/source-options.ts';
import { systemClock as clock } from '../../src/daemon/clock.ts';
import { sensorArgument, streamHeader } from '../../src/daemon/component-options.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { Eye } from '../../src/daemon/eye/eye.ts';
import { Pair, type PairListener } from '../../src/daemon/eye/pair.ts';
import { createLogger } from '../../src/daemon/logger.ts';
import { Tally } from '../../src/daemon/measurement/tally.ts';
import { chooseNets, describeNets } from '../../src/daemon/nets.ts';
import type { FromSensor } from '../../src/observation/sensor-message.ts';
import { createNotifier } from '../../src/systemd/notifier.ts';
import { type OwnFigures, ownSetupSchema } from './own-figures.ts';
import { processorSecondsOfTree } from './processor-time.ts';

const session = 'bench';
const { film, packFile, gate } = ownSetupSchema.parse(JSON.parse(process.argv[2] ?? 'null'));
const settings = configured({}).config;
const models = { ...settings.models, packFile };
const config = { ...settings, models, mqtt: { ...settings.mqtt, port: 0, webSocketPort: null } };
const nets = chooseNets(config);
const { width, height, framesPerSecond: fps } = config.source;
const source = await resolveSource({ ...NO_WISHES, input: film, width, height, fps, pace: 'max' });
const shipped = JSON.parse(sensorArgument(config, source, nets));
const never = Object.fromEntries(Object.keys(shipped.gate).map((limit) => [limit, 0]));
const options = JSON.stringify(gate === 'off' ? { ...shipped, gate: never } : shipped);
const folder = mkdtempSync(join(tmpdir(), 'onlooker-speed-'));
const logger = createLogger('error', 2);

let secondsBefore = 0;
let [frames, detections, faces] = [0, 0, 0];
const genders = { female: 0, male: 0, unknown: 0 };
countGenders();

const eye = new Eye(
  {
    lens: () => ({
      source,
      startPair: (listener) => new Pair(source, options, clock, counted(listener)),
      header: streamHeader(config, source, session, nets, null),
    }),
    duty: () => ({ isOpen: true, rateRatio: 1 }),
    exists: () => true,
    wallAtMonotonicZero: clock.wallNow() - clock.monotonicNow(),
    // Full-size classic nets are larger than ours.
    maxSensorMegabytes: 2000,
  },
  clock,
  logger,
  Math.random,
);
const daemon = await startDaemon({
  ...{ config, mqttPassword: null, session, stateFolder: folder, source: eye, nets: describeNets(nets) },
  ...{ watchman: null, recordPath: null, isReplay: false, clock, random: Math.random, logger },
  notifier: createNotifier({ env: {}, now: clock.monotonicNow, after: clock.after, logger }),
});
try {
  await daemon.done;
} finally {
  await daemon.stop();
  rmSync(folder, { recursive: true });
}
const { viewers, personMs, looks } = daemon.measurement.tally;
const figures: OwnFigures = {
  processorSeconds: processorSecondsOfTree(process.pid) - secondsBefore,
  ...{ frames, faces, genders, detections, viewers, looks },
  personSeconds: personMs / 1000,
};
console.log(JSON.stringify(figures));
process.exit();

function counted(listener: PairListener): PairListener {
  const count = (message: FromSensor) => {
    if (message.kind !== 'observation') return;
    if (frames === 0) secondsBefore = processorSecondsOfTree(process.pid);
    frames += 1;
    faces += message.observation.faces.length;
    if (message.observation.detected) detections += 1;
  };
  return {
    ...listener,
    message: (message) => {
      count(message);
      listener.message(message);
    },
  };
}

/** Of every viewer, as he leaves. */
function countGenders(): void {
  const { events: tally } = Tally.prototype;
  Tally.prototype.events = function (events, wallAtZero) {
    for (const event of events) if (event.kind === 'left') genders[event.viewer.gender?.gender ?? 'unknown'] += 1;
    tally.call(this, events, wallAtZero);
  };
}
