// onlooker replay: plays a recording through the tracker, the core, the database and the broker.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../daemon/clock.ts';
import { followOptions } from '../daemon/component-options.ts';
import { createLogger } from '../daemon/logger.ts';
import { RecordedSource } from '../daemon/recorded-source.ts';
import { readRecording } from '../recording/read-recording.ts';
import { createNotifier } from '../systemd/notifier.ts';
import { EXIT } from './exit-code.ts';
import { configured } from './source-options.ts';
import { startWithOwnBroker } from './start-with-own-broker.ts';
import { stopSignal } from './stop-signals.ts';
import { summaryText } from './summary-text.ts';

export type ReplayOptions = Readonly<{ config?: string; state?: string; speed: number | 'max'; json?: boolean }>;

export async function replayRecording(path: string, options: ReplayOptions): Promise<number> {
  const stopped = stopSignal();
  const { config, mqttPassword } = configured(options);
  const clock = systemClock;
  const logger = createLogger(config.log.level, 2);
  const recording = await readRecording(path, (line) => {
    logger.warn({ path, line }, 'the last line of the recording is incomplete and was left out');
  });
  const source = new RecordedSource(
    recording,
    { speed: options.speed, followOptions: (header) => followOptions(config, header) },
    clock,
  );
  // Never by default the database of the daemon, whose history a trial must not touch.
  const stateFolder = options.state ?? mkdtempSync(join(tmpdir(), 'onlooker-replay-'));
  const daemon = await startWithOwnBroker({
    config,
    mqttPassword,
    // The session of the recording, so that playing it twice gives the same ids and writes the same rows.
    session: recording.header.session,
    stateFolder,
    source,
    watchman: null,
    nets: null,
    recordPath: null,
    isReplay: true,
    clock,
    random: Math.random,
    logger,
    notifier: createNotifier({ env: process.env, now: clock.monotonicNow, logger }),
  });
  try {
    await Promise.race([daemon.done, stopped]);
  } finally {
    await daemon.stop();
  }
  const { tally, sight } = daemon.measurement;
  const summary = {
    recording: path,
    stateFolder,
    session: recording.header.session,
    frames: sight.frames,
    viewers: tally.viewers,
    personSeconds: tally.personMs / 1000,
    attentionSeconds: tally.attentionMs / 1000,
    looks: tally.looks,
    looksMissing: source.looksMissing,
    rollupsStored: tally.rollupsStored,
  };
  process.stdout.write(options.json === true ? `${JSON.stringify(summary, null, 2)}\n` : summaryText(summary));
  return EXIT.ok;
}
