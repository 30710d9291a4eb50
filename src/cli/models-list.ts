// onlooker models list: the packs and nets in a table, with what is there, its size and what it may be used for.
import { netsOf } from '../models/pack.ts';
import { type NetPresence, netPresence, type Presence, worst } from '../models/pull/presence.ts';
import { filesOf } from '../models/verify.ts';
import { EXIT } from './exit-code.ts';
import { sizeText } from './models-progress.ts';
import {
  type CommercialUse,
  commercialUseOf,
  type Installation,
  openShelf,
  type Shelf,
  type ShelfOptions,
} from './models-shelf.ts';
import { terminal } from './terminal.ts';
import { left, painter, right } from './terminal-text.ts';

export function listModels(options: ShelfOptions, installation: Installation): number {
  const list = listOf(openShelf(options, installation));
  process.stdout.write(
    options.json === true ? `${JSON.stringify(list, null, 2)}\n` : listTable(list, terminal().color),
  );
  return EXIT.ok;
}

type ModelList = ReturnType<typeof listOf>;

function listOf({ nets, packs, folder, configured }: Shelf) {
  const presences = new Map(nets.map((net) => [net.name, netPresence(net, folder)]));
  return {
    folder,
    packs: packs.map((pack) => {
      const its = netsOf(pack);
      return {
        name: pack.name,
        configured: pack === configured,
        state: worst(its.map((net) => presences.get(net.name)?.presence ?? 'missing')),
        commercialUse: commercialUseOf(its),
        nets: its.map(({ name }) => name),
        description: pack.description,
      };
    }),
    nets: [...presences.values()].map(({ net, presence, files }) => ({
      name: net.name,
      role: net.role,
      state: presence,
      problems: problemsOf(files),
      bytes: filesOf(net).reduce((sum, { bytes }) => sum + bytes, 0),
      commercialUse: net.license.commercialUse,
      license: net.license.name,
    })),
  };
}

function problemsOf(files: NetPresence['files']): readonly string[] {
  return files.flatMap(({ path, problem }) => (problem === null ? [] : [`${path}: ${problem}`]));
}

const STATE_STYLE: Readonly<Record<Presence, 'green' | 'dim' | 'red'>> = {
  ready: 'green',
  missing: 'dim',
  damaged: 'red',
};

function listTable({ folder, packs, nets }: ModelList, color: boolean): string {
  const paint = painter(color);
  const state = (presence: Presence) => left(paint(STATE_STYLE[presence], presence), 9);
  const use = (commercialUse: CommercialUse) =>
    left(paint(commercialUse === 'clear' ? 'green' : 'yellow', commercialUse), 13);
  const nameWidth = Math.max(...[...packs, ...nets].map(({ name }) => name.length)) + 3;
  return [
    paint('dim', `${left('pack', nameWidth + 2)}${left('state', 9)}${left('commercial', 13)}nets`),
    ...packs.map(
      (pack) =>
        `${pack.configured ? '* ' : '  '}${left(paint('bold', pack.name), nameWidth)}${state(pack.state)}${use(pack.commercialUse)}${pack.nets.join(', ')}`,
    ),
    '',
    paint(
      'dim',
      `${left('net', nameWidth + 2)}${left('state', 9)}${left('commercial', 13)}${right('size', 8)}  license`,
    ),
    ...nets.map(
      (net) =>
        `  ${left(paint('bold', net.name), nameWidth)}${state(net.state)}${use(net.commercialUse)}${right(sizeText(net.bytes), 8)}  ${net.license}`,
    ),
    '',
    '* the configured pack',
    `files in ${folder}`,
    ...nets.filter((net) => net.state === 'damaged').flatMap(({ problems }) => problems),
    ...hints(nets),
    '',
  ].join('\n');
}

function hints(nets: ModelList['nets']): readonly string[] {
  return nets.some((net) => net.state !== 'ready') ? ['onlooker models pull NAME gets what is missing'] : [];
}
