// The live view of the demo: golden at 80 by 24, the same height in every state, never wider than the terminal.
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/audience/viewer.ts';
import { type DemoSnapshot, demoView } from '../../src/cli/demo-view.ts';
import { visibleLength } from '../../src/cli/terminal-text.ts';

function viewer(number: number, dwellMs: number, attentionMs: number, known: Partial<Viewer> = {}): Viewer {
  return {
    id: `4f2a-${number}`,
    enteredAt: 0,
    leftAt: null,
    dwellMs,
    attentionMs,
    glances: 1,
    age: null,
    gender: null,
    ...known,
  };
}

const age = { group: 'youngAdult', probability: 0.71, medianYears: 28, minorProbability: 0.03 };
const gender = { gender: 'female', probability: 0.93 } as const;
const first = viewer(7, 12_400, 8_700, { age, gender });
const second = viewer(9, 64_000, 64_000, { age: { ...age, group: 'child' } });
const gone = viewer(8, 5_200, 700, { gender: { gender: 'male', probability: 0.8 } });

const busy: DemoSnapshot = {
  screen: { site: 'local', screen: 'kiosk-7' },
  source: 'demo scene',
  runningMs: 83_000,
  remainingMs: null,
  health: 'ok',
  detail: null,
  framesPerSecond: 9.97,
  audience: {
    present: 3,
    attending: 2,
    watchers: 1,
    longestDwellMs: 64_000,
    ageGroups: { child: 0.9, youngAdult: 0.8, adult: 0.3, senior: 0, unknown: 1 },
    gender: { female: 0.9, male: 0.1, unknown: 2 },
    majorityAgeGroup: null,
    majorityGender: null,
  },
  viewers: [first, second, viewer(10, 400, 0)],
  viewersSoFar: 10,
  at: 100_000,
  events: [
    { kind: 'entered', at: 95_000, viewer: first },
    { kind: 'described', at: 96_000, viewer: first },
    { kind: 'left', at: 99_500, viewer: gone, reason: 'gone' },
  ],
  broker: { address: 'mqtt://127.0.0.1:1883', state: 'connected', queued: 0, messages: 143 },
  hints: [
    "mosquitto_sub -h 127.0.0.1 -p 1883 -t 'onlooker/#' -v",
    'onlooker stats --state /tmp/onlooker-demo',
    'Ctrl-C ends the demo.',
  ],
};
const empty: DemoSnapshot = { ...busy, viewers: [], events: [], audience: null, framesPerSecond: null };
const broken: DemoSnapshot = {
  ...empty,
  health: 'reconnecting',
  detail: 'capture ended with code 1: No such device',
  remainingMs: 7000,
  broker: {
    address: 'mqtts://a-very-long-name.of-a-broker.example.org:8883',
    state: 'refused',
    queued: 12,
    messages: 1,
  },
};
const crowded: DemoSnapshot = {
  ...busy,
  viewers: Array.from({ length: 40 }, (_, i) => viewer(i, 1000 * i ** 4, 1000 * i)),
};

describe('demoView', () => {
  it('fits a terminal of 80 by 24', () => {
    expect(`\n${demoView(busy, { columns: 80, rows: 24, color: false })}`).toMatchInlineSnapshot(`
      "
      Onlooker  local/kiosk-7  demo scene                 ● ok   10.0 fps   1 min 23 s

      HERE NOW  3 present, 2 attending, 1 watcher, 10 so far
        #7     12 s        ███████▊     70 % attention  youngAdult 71 %   female 93 %
        #9     1 min 04 s  ███████████ 100 % attention  child 71 %        –
        #10    0 s                       0 % attention  –                 –



      AGE GROUPS                               GENDER
        child       █████▍               0.9     female      █████▍               0.9
        youngAdult  ████▊                0.8     male        ▋                    0.1
        adult       █▊                   0.3     unknown     ████████████         2.0
        senior                           0.0   ATTENTION
        unknown     ██████               1.0     attending   ████████████         2.0

      LAST EVENTS
               0 s ago  #8 left after 5 s, attentive for 0 s (male)
               4 s ago  #7 is youngAdult, female
      BROKER  connected, 0 queued, 143 messages  mqtt://127.0.0.1:1883
        mosquitto_sub -h 127.0.0.1 -p 1883 -t 'onlooker/#' -v
        onlooker stats --state /tmp/onlooker-demo
        Ctrl-C ends the demo."
    `);
  });

  it('says what is wrong, and that nothing is known', () => {
    expect(`\n${demoView(broken, { columns: 80, rows: 24, color: false })}`).toMatchInlineSnapshot(`
      "
      Onlooker  local/kiosk-7  demo scene            ● reconnecting   – fps   7 s left
      capture ended with code 1: No such device
      HERE NOW  unknown, 10 so far
        nothing is known yet





      AGE GROUPS                               GENDER
                                                 female                             –
                                                 male                               –
                                                 unknown                            –
                                               ATTENTION
                                                 attending                          –

      LAST EVENTS


      BROKER  refused, 12 queued, 1 message  mqtts://a-very-long-name.of-a-broker.exa…
        mosquitto_sub -h 127.0.0.1 -p 1883 -t 'onlooker/#' -v
        onlooker stats --state /tmp/onlooker-demo
        Ctrl-C ends the demo."
    `);
  });

  it.each([
    [80, 24],
    [120, 40],
    [60, 20],
    [20, 5],
  ])('keeps to %i by %i with any content, in color', (columns, rows) => {
    for (const snapshot of [busy, empty, broken, crowded]) {
      const lines = demoView(snapshot, { columns, rows, color: true }).split('\n');
      expect(lines.length).toBe(rows - 1);
      for (const line of lines) expect(visibleLength(line)).toBeLessThanOrEqual(columns);
    }
  });

  it('tells how many more viewers there are', () => {
    expect(demoView(crowded, { columns: 80, rows: 24, color: false })).toMatch(/and 36 more/);
  });
});
