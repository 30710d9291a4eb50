// What a step of the set-up works with, in a folder of its own, with programs that the test plays.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Log } from '../../deploy/bootstrap/log.mjs';
import { type Outcome, Programs, type RunOptions } from '../../deploy/bootstrap/programs.mjs';
import { Report } from '../../deploy/bootstrap/report.mjs';
import type { Context } from '../../deploy/bootstrap/set-up.mjs';
import { tempFolder } from './temp-folder.ts';

/** Null where the real program is to run. */
export type Play = (args: readonly string[], options: RunOptions) => Outcome | null;

/** Of a Node that there is not yet, so that nothing on this machine is taken for its own. */
export const NODE = { version: '99.0.0', abi: '999', arch: 'x64' };

export function setUpContext(play: Play): Context {
  const folder = tempFolder();
  const cache = join(folder, 'cache');
  const log = new Log(join(cache, 'logs'), new Date(), process.pid);
  return {
    root: join(folder, 'checkout'),
    purpose: 'run',
    cache,
    env: process.env,
    node: NODE,
    isTerminal: false,
    log,
    report: new Report({ write: () => undefined }, () => 0),
    programs: new PlayedPrograms(log, play),
  };
}

/** As `node-gyp` wants them; returns the folder it calls nodedir. */
export function writeHeaders(
  folder: string,
  abi: string,
  needed: readonly string[] = ['node.h', 'v8.h', 'uv.h', 'common.gypi'],
): string {
  const include = join(folder, 'include', 'node');
  mkdirSync(include, { recursive: true });
  for (const file of needed) writeFileSync(join(include, file), '');
  const version = `#if defined(NODE_EMBEDDER_MODULE_VERSION)\n#define NODE_MODULE_VERSION NODE_EMBEDDER_MODULE_VERSION\n#else\n#define NODE_MODULE_VERSION ${abi}\n#endif\n`;
  writeFileSync(join(include, 'node_version.h'), version);
  return folder;
}

class PlayedPrograms extends Programs {
  readonly #play: Play;

  constructor(log: Log, play: Play) {
    super(log);
    this.#play = play;
  }

  override run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const outcome = this.#play(args, options);
    return outcome === null ? super.run(command, args, options) : Promise.resolve(outcome);
  }
}
