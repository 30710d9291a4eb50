// onlooker models info: everything that the manifest says of a net, and how its packs use it.
import type { NetSpec } from '../models/net-schema.ts';
import { type NetPresence, netPresence } from '../models/pull/presence.ts';
import { EXIT } from './exit-code.ts';
import { type Installation, netNamesOf, openShelf, type Shelf, type ShelfOptions } from './models-shelf.ts';
import { terminal } from './terminal.ts';
import { type Paint, painter } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

export function infoAboutNet(name: string, options: ShelfOptions, installation: Installation): number {
  const shelf = openShelf(options, installation);
  const net = shelf.nets.find((candidate) => candidate.name === name);
  if (net === undefined) {
    const known = shelf.nets.map((candidate) => candidate.name).join(', ');
    throw new UsageError(`There is no net ${name}. The nets are ${known}.`);
  }
  const info = infoOf(net, shelf);
  process.stdout.write(
    options.json === true ? `${JSON.stringify(info, null, 2)}\n` : infoText(info, painter(terminal().color)),
  );
  return EXIT.ok;
}

type NetInfo = ReturnType<typeof infoOf>;

function infoOf(net: NetSpec, { packs, folder }: Shelf) {
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
      Object.entries(packs)
        .filter(([, pack]) => netNamesOf(pack).includes(name))
        .map(([packName, pack]) => [
          packName,
          {
            answers: pack.classifiers.find((classifier) => classifier.net === name)?.answers ?? null,
            calibration: pack.calibration,
          },
        ]),
    ),
  };
}

function fileInfo({ file, path, presence, problem }: NetPresence['files'][number]) {
  return { path, bytes: file.bytes, sha256: file.sha256, state: presence, problem };
}

function infoText(info: NetInfo, paint: Paint): string {
  const { name, role, description, state, license, format, files, source, reading, packs } = info;
  const section = (title: string, content: unknown) => ['', paint('bold', title), ...outline(content, '  ')];
  return [
    `${paint('bold', name)}, a ${role}, ${state}`,
    description,
    ...section('license', license),
    ...section(`files (${format})`, files),
    ...section('source', source),
    ...section('how it is fed and read', reading),
    ...section('packs', packs),
    '',
  ].join('\n');
}

/** Lines of `key: value`, nested by indentation; a list of numbers or words and a small record stand on one line. */
function outline(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => outlineItem(item, indent));
  return Object.entries(value ?? {}).flatMap(([key, item]) => {
    const text = shortText(item);
    return text === null ? [`${indent}${key}:`, ...outline(item, `${indent}  `)] : [`${indent}${key}: ${text}`];
  });
}

function outlineItem(item: unknown, indent: string): readonly string[] {
  if (isSmallRecord(item)) {
    const fields = Object.entries(item).map(([key, value]) => `${key} ${shortText(value)}`);
    return [`${indent}- ${fields.join(', ')}`];
  }
  const text = shortText(item);
  const [first = '', ...others] = text === null ? outline(item, `${indent}  `) : [text];
  return [`${indent}- ${first.trimStart()}`, ...others];
}

function isSmallRecord(value: unknown): value is object {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const fields = Object.values(value);
  return fields.length <= 3 && fields.every((field) => field === null || typeof field !== 'object');
}

/** Null for what does not fit on the line of its key. */
function shortText(value: unknown): string | null {
  if (value === null) return 'none';
  if (typeof value !== 'object') return String(value);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) return null;
  return value.join(', ');
}
