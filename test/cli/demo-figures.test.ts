// The figures of the summary are those of the daemon that ran, with the memory of processes that have ended since.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { MemoryWatch, summaryOf } from '../../src/cli/demo-figures.ts';
import { rigDaemon, SILENT_SOURCE } from '../daemon/daemon-rig.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

describe('memory', () => {
  it('is that of the newest sample of each process, also when it has ended', async () => {
    const watch = new MemoryWatch();
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const processes = [
      { name: 'daemon', pid: process.pid },
      { name: 'sensor', pid: child.pid ?? 0 },
    ];
    watch.sample(processes);
    const before = watch.figures();
    child.kill();
    await once(child, 'exit');
    watch.sample(processes);
    const [daemon, sensor] = watch.figures();
    expect(daemon?.megabytes).toBeGreaterThan(10);
    expect(sensor).toEqual(before[1]);
    expect(sensor?.megabytes).toBeGreaterThan(0);
  });

  it('of a process that was never there is unknown', () => {
    const watch = new MemoryWatch();
    watch.sample([{ name: 'capture', pid: 2 ** 22 + 1 }]);
    expect(watch.figures()).toEqual([{ process: 'capture', megabytes: null }]);
  });
});

it('sums up what the daemon saw, stored and told', async () => {
  const stages = { capture: 1, gate: 1, detect: 20, zoom: 0, track: 1, look: 2 };
  const visitor = walkPast({ from: 0, until: 4000, looksAt: [0, 1000], classified: [{ at: 500 }, { at: 900 }] });
  const { daemon, source } = await rigDaemon({
    stateFolder: tempFolder(),
    source: {
      ...SILENT_SOURCE,
      start: (listener) => {
        listener.opened(headerOf());
        for (const observation of film([visitor], { until: 6000 }))
          listener.observed(observation, { stages, sentAt: 0 });
        listener.ended();
      },
    },
  });
  source.letGo();
  await daemon.done;
  const received = new Map([
    ['onlooker/v1/local/lobby/now', 5],
    ['onlooker/v1/local/lobby/viewer', 2],
    ['onlooker/v1/local/another/now', 9],
  ]);
  const facts = {
    source: 'film a.mp4',
    stateFolder: '/tmp/a',
    session: 's1',
    runningMs: 6000,
    classifies: true,
    memory: [],
  };
  const summary = summaryOf(daemon, {
    ...facts,
    screen: { site: 'local', screen: 'lobby' },
    subscriber: { received: () => received, close: async () => undefined },
  });
  expect(summary).toMatchObject({
    ...facts,
    frames: 60,
    framesPerSecond: 10,
    viewers: 1,
    looks: 2,
    zoomChecks: 0,
    personSeconds: 4,
    attentionSeconds: 1,
    rollupsStored: 1,
    messagesReceived: 7,
    messagesByTopic: { now: 5, viewer: 2 },
    msPerFrame: { capture: 1, gate: 1, detect: 20, zoom: 0, track: 1, look: 2 },
  });
  expect(summary.msPerFrame.store).toBeGreaterThan(0);
  expect(summary.msPerFrame.publish).toBeGreaterThan(0);
});
