// The composition root: what cannot be opened is told and leaves nothing open, and a stop says farewell once.

import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databasePath } from '../../src/daemon/installation.ts';
import { MqttError } from '../../src/mqtt/mqtt-error.ts';
import { RecordingError } from '../../src/recording/recording-error.ts';
import { lockFolder } from '../../src/sqlite/lock-folder.ts';
import { StorageError } from '../../src/sqlite/storage-error.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';
import { rigDaemon, SILENT_SOURCE, testConfig } from './daemon-rig.ts';

const DAMAGED = 'not a database, but longer than its header has to be '.repeat(20);

describe('starting', () => {
  it('creates the state folder and what is missing above it', async () => {
    const stateFolder = join(tempFolder(), 'not', 'yet');
    await rigDaemon({ stateFolder });
    expect(existsSync(databasePath(stateFolder))).toBe(true);
  });

  it('says so below a folder that takes no other, and does not try for ever', async () => {
    const started = rigDaemon({ stateFolder: '/proc/onlooker' });
    await expect(started).rejects.toThrow('Cannot create the state folder /proc/onlooker');
  });

  it('says so where the state folder cannot be one', async () => {
    const stateFolder = join(tempFolder(), 'file', 'folder');
    writeFileSync(join(stateFolder, '..'), '');
    const started = rigDaemon({ stateFolder });
    await expect(started).rejects.toThrow(StorageError);
    await expect(started).rejects.toThrow(`Cannot create the state folder ${stateFolder}`);
  });

  it.skipIf(process.getuid?.() === 0)(
    'says so where the folder cannot be written (not as root, who always can)',
    async () => {
      const stateFolder = tempFolder();
      chmodSync(stateFolder, 0o500);
      await expect(rigDaemon({ stateFolder })).rejects.toThrow(StorageError);
    },
  );

  it('sets a damaged database aside, says so, and begins a new one', async () => {
    const stateFolder = tempFolder();
    writeFileSync(databasePath(stateFolder), DAMAGED);
    const { log } = await rigDaemon({ stateFolder });
    expect(log.lines()).toContainEqual({
      level: 'error',
      message: 'the database was damaged; it was set aside and a new one begun',
      fields: { setAside: expect.stringContaining('onlooker.sqlite.corrupt-') },
    });
    expect(readdirSync(stateFolder).filter((name) => name.includes('corrupt'))).toHaveLength(1);
  });

  it('leaves alone what another daemon has, though it may look damaged at that moment', async () => {
    const stateFolder = tempFolder();
    writeFileSync(databasePath(stateFolder), DAMAGED);
    onTestFinished(lockFolder(stateFolder));
    await expect(rigDaemon({ stateFolder })).rejects.toThrow('is in use by another daemon');
    expect(readdirSync(stateFolder).filter((name) => name.startsWith('onlooker'))).toEqual(['onlooker.sqlite']);
    expect(readFileSync(databasePath(stateFolder), 'utf8')).toBe(DAMAGED);
  });

  it('names the remedy when the port is taken, and leaves the database closed', async () => {
    const stateFolder = tempFolder();
    const config = testConfig();
    const started = rigDaemon({
      stateFolder,
      config: { ...config, mqtt: { ...config.mqtt, port: await takenPort() } },
    });
    await expect(started).rejects.toThrow(MqttError);
    await expect(started).rejects.toThrow(/is taken, probably by another broker: point mqtt.url at/);
    // The last connection that closes removes its log.
    expect(readdirSync(stateFolder)).toEqual(['lock.sqlite', 'onlooker.sqlite']);
  });

  it('overwrites no recording', async () => {
    const stateFolder = tempFolder();
    const recordPath = join(stateFolder, 'visit.jsonl');
    writeFileSync(recordPath, 'precious');
    await expect(rigDaemon({ stateFolder, recordPath })).rejects.toThrow(RecordingError);
    expect(readdirSync(stateFolder).sort()).toEqual(['lock.sqlite', 'onlooker.sqlite', 'visit.jsonl']);
  });
});

describe('stopping', () => {
  it('sees viewers off, publishes the open minute as partial, and says that it stopped', async () => {
    const stateFolder = tempFolder();
    const { daemon, source } = await rigDaemon({
      stateFolder,
      source: {
        ...SILENT_SOURCE,
        start: (listener) => {
          listener.opened(headerOf());
          const visitor = walkPast({ from: 0, until: 9000, looksAt: [0, 3000] });
          for (const observation of film([visitor], { until: 5000 })) listener.observed(observation, null);
        },
      },
    });
    const collector = await collectMessages(daemon.brokerUrl);
    await eventually(
      () => daemon.publisher.status().state,
      (state) => state === 'connected',
    );
    source.letGo();
    await collector.see('viewer', 'entered');
    await daemon.stop();
    await collector.see('availability', 'stopped');
    await collector.see('viewer', '"reason":"ended"');
    const [rollup] = collector.on('rollup/1m').map(({ text }) => JSON.parse(text));
    expect(rollup.data).toMatchObject({ partial: true, uptimeSeconds: 5, personSeconds: 5, attentionSeconds: 3 });
    expect(daemon.measurement.sight.health).toBe('ended');
    expect(readdirSync(stateFolder)).toEqual(['lock.sqlite', 'onlooker.sqlite']);
  });

  it('happens once, however often it is asked for', async () => {
    let stops = 0;
    const { daemon } = await rigDaemon({
      stateFolder: tempFolder(),
      source: {
        ...SILENT_SOURCE,
        stop: async () => {
          stops += 1;
        },
      },
    });
    await Promise.all([daemon.stop(), daemon.stop()]);
    await daemon.stop();
    expect(stops).toBe(1);
  });

  it('is what a run that failed needs, too', async () => {
    const { daemon, source } = await rigDaemon({
      stateFolder: tempFolder(),
      source: { ...SILENT_SOURCE, start: (listener) => listener.failed(new Error('film a.mp4 broke off')) },
    });
    source.letGo();
    await expect(daemon.done).rejects.toThrow('film a.mp4 broke off');
    await daemon.stop();
  });
});

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
