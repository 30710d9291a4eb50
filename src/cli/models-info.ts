// onlooker models info: everything that is known of a pack, or of a net and how packs use it.
import { stringify } from 'yaml';
import type { NetSpec } from '../models/net-schema.ts';
import { netsOf } from '../models/pack.ts';
import type { PackSpec } from '../models/pack-schema.ts';
import { type NetPresence, netPresence, worst } from '../models/pull/presence.ts';
import { EXIT } from './exit-code.ts';
import { commercialUseOf, type Installation, named, openShelf, type Shelf, type ShelfOptions } from './models-shelf.ts';

export function infoAbout(name: string, options: ShelfOptions, installation: Installation): number {
  const shelf = openShelf(options, installation);
  const found = named(shelf, name);
  const info = 'pack' in found ? packInfo(found.pack, shelf) : netInfo(found.net, shelf);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(info, null, 2)}\n`
      : stringify(info, { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  return EXIT.ok;
}

function packInfo(pack: PackSpec, { folder, configured }: Shelf) {
  const { name, description, calibration } = pack;
  const nets = netsOf(pack).map((net) => ({
    name: net.name,
    role: net.role,
    answers: answersOf(pack, net),
    state: netPresence(net, folder).presence,
    license: net.license,
  }));
  return {
    name,
    description,
    configured: pack === configured,
    state: worst(nets.map(({ state }) => state)),
    commercialUse: commercialUseOf(netsOf(pack)),
    nets,
    calibration,
  };
}

function netInfo(net: NetSpec, { packs, folder }: Shelf) {
  const { presence, files } = netPresence(net, folder);
  const { name, role, description, license, source, files: loaded, ...reading } = net;
  return {
    name,
    role,
    description,
    state: presence,
    license,
    format: loaded.format,
    files: files.map(fileInfo),
    source,
    reading,
    packs: Object.fromEntries(
      packs
        .filter((pack) => netsOf(pack).includes(net))
        .map((pack) => [pack.name, { answers: answersOf(pack, net), calibration: pack.calibration }]),
    ),
  };
}

/** Null for the detector. */
function answersOf({ classifiers }: PackSpec, net: NetSpec): readonly string[] | null {
  return classifiers.find((classifier) => classifier.net === net)?.answers ?? null;
}

function fileInfo({ file, path, presence, problem }: NetPresence['files'][number]) {
  return { path, bytes: file.bytes, sha256: file.sha256, state: presence, problem };
}
