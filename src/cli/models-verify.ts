// onlooker models verify: hashes every file that is there, and says whether the configured pack is whole.
import { netPresence } from '../models/pull/presence.ts';
import { remedyFor } from '../models/verify.ts';
import { EXIT } from './exit-code.ts';
import { type Installation, netsOf, openShelf, type Shelf, type ShelfOptions } from './models-shelf.ts';

/** 66 when a file is wrong, or the configured pack lacks one. */
export function verifyModels(options: ShelfOptions, installation: Installation): number {
  const files = checkedFiles(openShelf(options, installation));
  const isOk = files.every(({ problem }) => problem === null);
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ ok: isOk, files }, null, 2)}\n` : files.map(lineOf).join(''),
  );
  return isOk ? EXIT.ok : EXIT.input;
}

type CheckedFile = Readonly<{
  path: string;
  net: string;
  sha256: string;
  problem: string | null;
  remedy: string | null;
}>;

/** Two nets may share a file; it is listed once. What is missing counts in the configured pack only. */
function checkedFiles(shelf: Shelf): readonly CheckedFile[] {
  const needed = new Set(netsOf(shelf, [shelf.configuredPack]));
  const files = shelf.nets.flatMap((net) =>
    netPresence(net, shelf.folder)
      .files.filter(({ presence }) => presence !== 'missing' || needed.has(net))
      .map(({ path, file, problem }) => ({
        path,
        net: net.name,
        sha256: file.sha256,
        problem,
        remedy: problem === null ? null : remedyFor(net),
      })),
  );
  return [...new Map(files.map((file) => [`${file.path} ${file.sha256}`, file])).values()];
}

function lineOf({ path, problem, remedy }: CheckedFile): string {
  return problem === null ? `ok     ${path}\n` : `wrong  ${path}: ${problem}; ${remedy}\n`;
}
