// onlooker replay: plays a recording through the tracker, the core, the database and the broker.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../daemon/clock.ts';
import { followOptions } from '../daemon/component-options.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import { createLogger } from '../daemon/logger.ts';
import { sessionId } from '../daemon/session-id.ts';
import { RecordedSource } from '../daemon/stand-ins/recorded-source.ts';
import { readRecording } from '../recording/read-recording.ts';
import { createNotifier } from '../systemd/notifier.ts';
import { EXIT } from './exit-code.ts';
import { outcomeOf } from './outcome.ts';
import { configured } from './source-options.ts';
import { onOwnBroker, startWithOwnBroker } from './start-with-own-broker.ts';
import { stopSignal } from './stop-signals.ts';
import { keptText, summaryText } from './summary-text.ts';
import { tellUser } from './tell-error.ts';
import { whereItSpeaks } from './what-to-try.ts';

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
  const setup: DaemonSetup = {
    ...{ config, mqttPassword, stateFolder, source, clock, logger },
    // Visits and rollups are those of the recorded session; what holds now is of a session that no player has heard before.
    session: sessionId(clock.wallNow(), Math.random()),
    ...{ watchman: null, nets: null, recordPath: null, isReplay: true, random: Math.random },
    notifier: createNotifier({ env: process.env, now: clock.monotonicNow, after: clock.after, logger }),
  };
  const daemon = await startWithOwnBroker(setup, tellUser);
  const { brokerUrl } = daemon;
  const say = (text: string) => options.json !== true && process.stdout.write(text);
  say(`Recording ${path}\n`);
  say(
    `${whereItSpeaks({ brokerUrl, config: onOwnBroker(config), configPath: options.config, stateFolder }).join('\n')}\n\n`,
  );
  try {
    await Promise.race([daemon.done, stopped]);
  } finally {
    await daemon.stop();
  }
  const summary = {
    recording: path,
    stateFolder,
    session: recording.header.session,
    ...outcomeOf(daemon.measurement),
    looksMissing: source.looksMissing,
  };
  if (options.json === true) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  say(`${summaryText(summary)}${options.state === undefined ? keptText(stateFolder) : ''}`);
  return EXIT.ok;
}
