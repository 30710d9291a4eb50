// The summary of the demo, golden, and what it says when something did not happen.
import { describe, expect, it } from 'vitest';
import { type DemoSummary, shortfalls } from '../../src/cli/demo-summary.ts';
import { summaryView } from '../../src/cli/summary-view.ts';
import { visibleLength } from '../../src/cli/terminal-text.ts';

const summary: DemoSummary = {
  source: 'demo scene',
  stateFolder: '/tmp/onlooker-demo',
  session: '4f2a',
  runningMs: 30_000,
  classifies: true,
  frames: 1300,
  framesPerSecond: 9.98,
  viewers: 9,
  looks: 31,
  zoomChecks: 44,
  personSeconds: 63.42,
  attentionSeconds: 31.2,
  rollupsStored: 2,
  messagesReceived: 211,
  messagesByTopic: { availability: 1, info: 1, now: 190, 'trigger/women': 9, viewer: 12, 'rollup/1m': 2, health: 5 },
  msPerFrame: {
    capture: 1.2,
    gate: 0.31,
    detect: 28.4,
    zoom: 1.1,
    track: 0.05,
    look: 3.9,
    ipc: 0.4,
    store: 0.02,
    publish: 0.6,
  },
  memory: [
    { process: 'daemon', megabytes: 71.3 },
    { process: 'sensor', megabytes: 181.2 },
    { process: 'capture', megabytes: 64 },
  ],
};

describe('summaryView', () => {
  it('shows counts, time by stage and memory by process', () => {
    expect(`\n${summaryView(summary, { columns: 80, color: false })}`).toMatchInlineSnapshot(`
      "
      Summary  demo scene, 30 s

        frames                     1,300  10.0 per second
        viewers                        9  31 looks (3.4 per viewer), 44 zoom checks
        person-seconds              63.4
        attention-seconds           31.2  attention ratio 49 %
        rollups stored                 2
        messages received            211  by a subscriber of the demo

      Time per frame by stage
        capture                  1.20 ms  █▍
        gate                     0.31 ms  ▍
        detect                  28.40 ms  ███████████████████████████████▋
        zoom                     1.10 ms  █▎
        track                    0.05 ms  ▏
        look                     3.90 ms  ████▍
        ipc                      0.40 ms  ▌
        store                    0.02 ms  ▏
        publish                  0.60 ms  ▋
        all stages              35.98 ms

      Memory by process
        daemon                   71.3 MB  █████████
        sensor                  181.2 MB  ██████████████████████▉
        capture                  64.0 MB  ████████▏
        all processes           316.5 MB

      State  /tmp/onlooker-demo, which stays until you remove it
      Everything that the demo shows has happened.
      "
    `);
  });

  it('says what did not happen', () => {
    const text = summaryView(
      {
        ...summary,
        messagesByTopic: { availability: 1, info: 1, 'trigger/women': 9, viewer: 12, 'rollup/1m': 2, health: 5 },
      },
      { columns: 80, color: false },
    );
    expect(text).toMatch(/Not everything happened:\n {2}no message reached the subscriber on now\n$/);
  });

  it.each([40, 80])('keeps to %i columns', (columns) => {
    for (const line of summaryView(summary, { columns, color: true }).split('\n')) {
      expect(visibleLength(line)).toBeLessThanOrEqual(columns);
    }
  });
});

describe('shortfalls', () => {
  it('is empty when everything happened, also without looks where nothing is classified', () => {
    expect(shortfalls(summary)).toEqual([]);
    expect(
      shortfalls({ ...summary, classifies: false, looks: 0, msPerFrame: { ...summary.msPerFrame, look: 0 } }),
    ).toEqual([]);
  });

  it.each<[Partial<DemoSummary>, string]>([
    [{ frames: 0 }, 'no frame was looked at'],
    [{ viewers: 0 }, 'nobody was seen'],
    [{ personSeconds: 0 }, 'no person-seconds were measured'],
    [{ looks: 0 }, 'no face was classified'],
    [{ rollupsStored: 0 }, 'no rollup was stored'],
    [
      { messagesByTopic: {} },
      'no message reached the subscriber on availability, info, now, trigger, viewer, rollup, health',
    ],
    [{ msPerFrame: { ...summary.msPerFrame, gate: 0, store: Number.NaN } }, 'no time was measured for gate, store'],
    [{ msPerFrame: { ...summary.msPerFrame, look: 0 } }, 'no time was measured for look'],
    [{ memory: [] }, 'no memory was measured of daemon, sensor, capture'],
    [{ memory: summary.memory.slice(0, 2) }, 'no memory was measured of capture'],
    [
      { memory: summary.memory.map((one) => ({ ...one, megabytes: null })) },
      'no memory was measured of daemon, sensor, capture',
    ],
  ])('%j', (change, words) => {
    expect(shortfalls({ ...summary, ...change })).toEqual([words]);
  });
});
