// The daemons of the kill matrix: a quick one before passing people, one whose hours the test makes pass, and the real one.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { loadConfig } from '../../src/config/load.ts';
import { sessionId } from '../../src/daemon/session-id.ts';
import { rigDaemon } from '../daemon/daemon-rig.ts';
import { programStage } from '../e2e/cameras/sources.ts';
import type { Home } from '../e2e/home.ts';
import { eventually } from '../support/eventually.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { type Program, startProgram, startScript } from '../support/program.ts';
import { PassingPeople } from './passing-people.ts';

export type Screen = Readonly<{ home: Home; session: string }> &
  Pick<Program, 'pid' | 'kill' | 'ended' | 'stdout' | 'logged'>;

export type ScreenKind = Readonly<{
  /** Of the configuration, besides those of the stage. */
  sections: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Whether somebody comes again and again; those who only stand there were told of once. */
  hasNews: boolean;
  start(home: Home): Promise<Screen>;
}>;

const CHILD = fileURLToPath(new URL('./screen-child.ts', import.meta.url));
/** As deep below the root as a source, since the daemon looks from there for what it comes with. */
const BUNDLE = fileURLToPath(new URL('../../node_modules/.cache/screen-child.mjs', import.meta.url));
const SLOW_PERIOD_MS = 500;

let bundled: Promise<unknown> | null = null;

/** Without a sensor; starts in a second. */
export const passers: ScreenKind = {
  sections: {},
  hasNews: true,
  start: async (home) => {
    // One file, because compiling each source at every start takes longer than a cell.
    bundled ??= build({
      entryPoints: [CHILD],
      outfile: BUNDLE,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
    });
    await bundled;
    return started(home, startScript([BUNDLE, home.config, home.stateFolder], home.env));
  },
};

/** The whole program, with a camera that shows four people. */
export function camera(): ScreenKind {
  const stage = programStage('v4l2', {});
  return {
    sections: { source: stage.source, models: { pack: 'count-only' } },
    hasNews: false,
    start: (home) => started(home, startProgram(['run', '--config', home.config], { ...home.env, PATH: stage.path })),
  };
}

/** In this process, by a clock in the hands of the test, which `pace` sets going. */
export function inProcess(clock: ManualClock, pace: () => void): ScreenKind {
  return {
    sections: { store: { commitEveryMs: 60_000 } },
    hasNews: true,
    start: async (home) => {
      pace();
      const { config, mqttPassword } = loadConfig(home.config, { hostname: 'unused' });
      const session = sessionId(clock.wallNow(), 0);
      const { daemon, log, source } = await rigDaemon({
        ...{ config, mqttPassword, session, clock },
        stateFolder: home.stateFolder,
        source: new PassingPeople(clock, SLOW_PERIOD_MS),
      });
      source.letGo();
      return {
        home,
        session,
        pid: process.pid,
        // No signal reaches a part of the test.
        kill: () => void daemon.stop(),
        ended: new Promise(() => undefined),
        stdout: () => JSON.stringify(log.lines()),
        logged: async (message) => {
          const find = () => log.lines().find((line) => line.message === message) ?? null;
          return (await eventually(find, (line) => line !== null))?.fields ?? {};
        },
      };
    },
  };
}

async function started(home: Home, program: Program): Promise<Screen> {
  const { session } = await program.logged('started');
  return { ...program, home, session: String(session) };
}
