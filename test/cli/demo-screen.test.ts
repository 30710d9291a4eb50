// The demo on a terminal is a picture that is redrawn, elsewhere a line now and then; both say what a stranger can try.
import { expect, it, onTestFinished } from 'vitest';
import { DemoScreen } from '../../src/cli/demo-screen.ts';
import { rigDaemon, SILENT_SOURCE, testConfig } from '../daemon/daemon-rig.ts';
import { FILM } from '../daemon/eye/fake-pair.ts';
import { manualClock } from '../support/manual-clock.ts';
import { divert } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

it('without a terminal says what plays, what to try, and every five seconds how it goes', async () => {
  const { screen, clock, stdout, hints } = await rigScreen(false);
  screen.open();
  clock.advance(10_000);
  screen.close();
  clock.advance(60_000);
  expect(stdout().trimEnd().split('\n')).toEqual([
    'playing film a.mp4',
    ...hints,
    '5 s, ok, 10.0 fps, 1 present, 1 attending, 1 viewers so far, 3 messages received',
    '10 s, ok, 10.0 fps, 1 present, 1 attending, 1 viewers so far, 3 messages received',
  ]);
});

it('on a terminal draws four times a second over itself, and gives the cursor back', async () => {
  const { screen, clock, stdout, hints } = await rigScreen(true);
  screen.open();
  clock.advance(1000);
  const frames = stdout().split('\u001b[H');
  expect(frames).toHaveLength(5);
  expect(frames[0]).toContain('\u001b[?25l');
  expect(frames.at(-1)).toContain('film a.mp4');
  for (const hint of hints) expect(frames.at(-1)).toContain(hint.slice(0, 60));
  screen.close();
  const drawn = stdout();
  expect(drawn.endsWith('\u001b[?25h')).toBe(true);
  clock.advance(60_000);
  expect(stdout()).toBe(drawn);
});

async function rigScreen(isTerminal: boolean) {
  const stateFolder = tempFolder();
  const visitor = walkPast({ from: 0, until: 9000, looksAt: [0, 9000] });
  const { daemon, source } = await rigDaemon({
    stateFolder,
    source: {
      ...SILENT_SOURCE,
      start: (listener) => {
        listener.opened(headerOf());
        for (const observation of film([visitor], { until: 5000 })) listener.observed(observation, null);
      },
    },
  });
  source.letGo();
  const clock = manualClock();
  const screen = new DemoScreen({
    daemon,
    config: testConfig(),
    source: FILM,
    configPath: 'my.yaml',
    stateFolder,
    otherPort: 'Port 1883 is taken.',
    subscriber: { received: () => new Map([['onlooker/v1/local/lobby/now', 3]]), close: async () => undefined },
    clock,
    startedAt: 0,
    forMs: null,
  });
  const port = new URL(daemon.brokerUrl).port;
  const hints = [
    'Port 1883 is taken.',
    `mosquitto_sub -h 127.0.0.1 -p ${port} -t 'onlooker/#' -v`,
    `npx onlooker stats --state ${stateFolder} --config my.yaml`,
  ];
  const { text, restore } = divert(process.stdout);
  const { isTTY } = process.stdout;
  process.stdout.isTTY = isTerminal;
  onTestFinished(() => {
    process.stdout.isTTY = isTTY;
    restore();
  });
  return { screen, clock, stdout: text, hints };
}
