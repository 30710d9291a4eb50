// The whole daemon in this process, with a recording in place of a camera and a real subscriber at its broker.
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/daemon/clock.ts';
import { followOptions } from '../../src/daemon/component-options.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import type { DaemonSetup } from '../../src/daemon/daemon-setup.ts';
import type { ObservationSource, SourceListener } from '../../src/daemon/observation-source.ts';
import { RecordedSource } from '../../src/daemon/stand-ins/recorded-source.ts';
import type { Observation, StreamHeader } from '../../src/observation/observation.ts';
import { readRecording } from '../../src/recording/read-recording.ts';
import { createRecordingWriter } from '../../src/recording/write-recording.ts';
import { createNotifier } from '../../src/systemd/notifier.ts';
import { type Collector, collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { memoryLog } from './memory-log.ts';

export type DaemonRig = Readonly<{ daemon: Daemon; log: ReturnType<typeof memoryLog>; source: HeldSource }>;

/** A source that says nothing until it is let. */
class HeldSource implements ObservationSource {
  readonly #inner: ObservationSource;
  #listener: SourceListener | null = null;

  constructor(inner: ObservationSource) {
    this.#inner = inner;
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
  }

  letGo(): void {
    if (this.#listener === null) throw new Error('the daemon has not started its source');
    this.#inner.start(this.#listener);
  }

  stop(): Promise<void> {
    return this.#inner.stop();
  }

  processes(): readonly { name: string; pid: number }[] {
    return [];
  }
}

export const SILENT_SOURCE: ObservationSource = {
  start: () => undefined,
  stop: () => Promise.resolve(),
  processes: () => [],
};

export function testConfig(): DaemonSetup['config'] {
  const { config } = loadConfig(null, { hostname: 'lobby' });
  return { ...config, mqtt: { ...config.mqtt, port: 0 } };
}

export async function rigDaemon(setup: Partial<DaemonSetup> & Pick<DaemonSetup, 'stateFolder'>): Promise<DaemonRig> {
  const log = memoryLog();
  const source = new HeldSource(setup.source ?? SILENT_SOURCE);
  const clock = systemClock;
  const daemon = await startDaemon({
    config: testConfig(),
    mqttPassword: null,
    session: 's1',
    nets: { pack: 'default', models: [] },
    watchman: null,
    recordPath: null,
    isReplay: false,
    clock,
    random: () => 0.5,
    logger: log.logger,
    notifier: createNotifier({ env: {}, now: clock.monotonicNow, after: clock.after, logger: log.logger }),
    ...setup,
    source,
  });
  onTestFinished(() => daemon.stop());
  return { daemon, log, source };
}

export type Replayed = Readonly<{ collector: Collector; rollupsStored: number; looksMissing: number }>;

/** Plays the recording at full speed into the folder, with a subscriber who hears everything. */
export async function replayInto(stateFolder: string, path: string): Promise<Replayed> {
  const config = testConfig();
  const recording = await readRecording(path, () => undefined);
  const recorded = new RecordedSource(
    recording,
    { speed: 'max', followOptions: (header) => followOptions(config, header) },
    systemClock,
  );
  const { session } = recording.header;
  const { daemon, source } = await rigDaemon({ config, session, stateFolder, source: recorded });
  const collector = await collectMessages(daemon.brokerUrl);
  await eventually(
    () => daemon.publisher.status().state,
    (state) => state === 'connected',
  );
  source.letGo();
  await daemon.done;
  const { rollupsStored } = daemon.measurement.tally;
  await eventually(
    () => collector.on('rollup/1m').length,
    (count) => count >= rollupsStored,
  );
  await daemon.stop();
  return { collector, rollupsStored, looksMissing: recorded.looksMissing };
}

/** Writes a recording of these streams into a new folder and returns its path. */
export async function recordingOf(
  ...streams: readonly Readonly<{ header: StreamHeader; observations: readonly Observation[] }>[]
): Promise<string> {
  const path = join(tempFolder(), 'visit.jsonl');
  const writer = createRecordingWriter(path, (error) => {
    throw error;
  });
  for (const { header, observations } of streams) {
    await writer.header(header);
    for (const observation of observations) void writer.observation(observation);
  }
  await writer.close();
  return path;
}
