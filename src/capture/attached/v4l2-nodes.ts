// The video devices that the kernel knows, with their names and the links by which they are found again after a restart.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Machine } from './attached-camera.ts';

export type V4l2Node = Readonly<{
  name: string;
  /** In /dev. */
  device: string;
  /** A link in /dev/v4l/by-id, whose name stays when devices are numbered anew; null where there is none. */
  link: string | null;
}>;

/** In the order of their numbers. */
export function v4l2Nodes({ sysFolder, devFolder }: Pick<Machine, 'sysFolder' | 'devFolder'>): readonly V4l2Node[] {
  const classFolder = join(sysFolder, 'class/video4linux');
  const linkFolder = join(devFolder, 'v4l/by-id');
  const links = new Map(
    namesIn(linkFolder).flatMap((name) => {
      const link = join(linkFolder, name);
      const target = unlessUnplugged(() => readlinkSync(link));
      return target === null ? [] : [[basename(target), link] as const];
    }),
  );
  return namesIn(classFolder)
    .filter((name) => /^video\d+$/.test(name))
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
    .flatMap((node) => {
      const name = unlessUnplugged(() => readFileSync(join(classFolder, node, 'name'), 'utf8'));
      return name === null ? [] : [{ name: name.trim(), device: join(devFolder, node), link: links.get(node) ?? null }];
    });
}

function namesIn(folder: string): readonly string[] {
  return unlessUnplugged(() => readdirSync(folder)) ?? [];
}

/** Between listing and reading a camera may go, with its link, and with the last of them the folder; then null. */
function unlessUnplugged<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
