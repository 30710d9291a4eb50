// onlooker models pull: gets the nets that are asked for and not there yet, once their licenses are accepted.
import { ModelError } from '../models/model-error.ts';
import type { NetSpec } from '../models/net-schema.ts';
import { netsOf } from '../models/pack.ts';
import { type NetPresence, netPresence } from '../models/pull/presence.ts';
import { canPull, type Prepare, pullNet } from '../models/pull/pull-net.ts';
import { openWeb, type Web } from '../models/pull/web.ts';
import { reasonOf } from '../models/reason.ts';
import { remedyFor } from '../models/verify.ts';
import { EXIT } from './exit-code.ts';
import { type Ask, requireConsent } from './models-license.ts';
import { progressShown } from './models-progress.ts';
import { type Installation, netsNamed, openShelf, type ShelfOptions } from './models-shelf.ts';
import { UsageError } from './usage-error.ts';

export type PullCommandOptions = ShelfOptions & Readonly<{ all?: boolean; from?: string; acceptLicence?: boolean }>;
export type PullSetup = Readonly<{ installation: Installation; prepare: Prepare; ask: Ask | null; stallMs: number }>;

type Outcome = Readonly<{ net: string; outcome: 'present' | 'pulled' | 'failed'; problem: string | null }>;

/** 66 when a net that was asked for is not there afterwards. */
export async function pullModels(
  names: readonly string[],
  options: PullCommandOptions,
  setup: PullSetup,
): Promise<number> {
  if (options.all === true && names.length > 0)
    throw new UsageError(`--all and the name ${names[0]} cannot be used together: leave one of them out.`);
  const shelf = openShelf(options, setup.installation);
  const named = names.length > 0 ? netsNamed(shelf, names) : netsOf(shelf.configured);
  const asked = (options.all === true ? shelf.nets : named).map((net) => netPresence(net, shelf.folder));
  const obtainable = asked
    .filter(({ net, presence }) => presence !== 'ready' && canPull(net, options.from ?? null))
    .map(({ net }) => net);
  if (obtainable.length > 0) await requireConsent(obtainable, options.acceptLicence === true, setup.ask);
  const pulled = await pullAll(obtainable, shelf.folder, options, setup);
  const outcomes = asked.map((one) => pulled.get(one.net) ?? untouched(one, shelf.folder));
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ folder: shelf.folder, nets: outcomes }, null, 2)}\n`
      : outcomes.map(lineOf).join(''),
  );
  return outcomes.every(({ problem }) => problem === null) ? EXIT.ok : EXIT.input;
}

/** A file that is damaged says more than one that is missing. */
function untouched({ net, presence, files }: NetPresence, folder: string): Outcome {
  if (presence === 'ready') return { net: net.name, outcome: 'present', problem: null };
  const places = files.flatMap((file) => (file.presence === presence ? [`${file.path} ${file.problem}`] : []));
  const problem = `is ${presence} (${places.join(', ')}); ${remedyFor(net, folder)}`;
  return { net: net.name, outcome: 'failed', problem };
}

/** One net that cannot be had does not keep the others away. */
async function pullAll(
  nets: readonly NetSpec[],
  into: string,
  { from }: PullCommandOptions,
  { installation, prepare, stallMs }: PullSetup,
): Promise<ReadonlyMap<NetSpec, Outcome>> {
  const outcomes = new Map<NetSpec, Outcome>();
  const { definitionsFolder } = installation;
  const onStep = progressShown(process.stderr, () => performance.now());
  const web = openedWeb(stallMs);
  try {
    for (const net of nets) {
      try {
        await pullNet(net, { into, from: from ?? null, definitionsFolder, prepare, web, onStep });
        outcomes.set(net, { net: net.name, outcome: 'pulled', problem: null });
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        outcomes.set(net, { net: net.name, outcome: 'failed', problem: error.message });
      }
    }
  } finally {
    await web.close();
  }
  return outcomes;
}

/** Only the address of a proxy can keep it from opening. */
function openedWeb(stallMs: number): Web {
  try {
    return openWeb(stallMs);
  } catch (cause) {
    throw new UsageError(
      `HTTP_PROXY or HTTPS_PROXY is no address of a proxy such as http://proxy.example:3128 (${reasonOf(cause)}).`,
      { cause },
    );
  }
}

function lineOf({ net, outcome, problem }: Outcome): string {
  return `${net}: ${problem ?? (outcome === 'present' ? 'is there already' : 'is ready')}\n`;
}
