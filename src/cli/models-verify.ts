// onlooker models verify: hashes every file that is there, and says whether what is asked for is whole.
import type { NetSpec } from '../models/net-schema.ts';
import { netsOf } from '../models/pack.ts';
import { netPresence } from '../models/pull/presence.ts';
import { remedyFor } from '../models/verify.ts';
import { EXIT } from './exit-code.ts';
import { type Installation, netsNamed, openShelf, type ShelfOptions } from './models-shelf.ts';

/** 66 when a file is wrong, or one is missing of what is named; without a name all is checked, and the configured pack is needed. */
export function verifyModels(names: readonly string[], options: ShelfOptions, installation: Installation): number {
  const shelf = openShelf(options, installation);
  const asked = netsNamed(shelf, names);
  const files =
    names.length > 0
      ? checkedFiles(asked, asked, shelf.folder)
      : checkedFiles(shelf.nets, netsOf(shelf.configured), shelf.folder);
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

/** Two nets may share a file; it is listed once. What is missing counts for the needed nets only. */
function checkedFiles(nets: readonly NetSpec[], needed: readonly NetSpec[], folder: string): readonly CheckedFile[] {
  const files = nets.flatMap((net) =>
    netPresence(net, folder)
      .files.filter(({ presence }) => presence !== 'missing' || needed.includes(net))
      .map(({ path, file, problem }) => ({
        path,
        net: net.name,
        sha256: file.sha256,
        problem,
        remedy: problem === null ? null : remedyFor(net, folder),
      })),
  );
  return [...new Map(files.map((file) => [`${file.path} ${file.sha256}`, file])).values()];
}

function lineOf({ path, problem, remedy }: CheckedFile): string {
  return problem === null ? `ok     ${path}\n` : `wrong  ${path}: ${problem}; ${remedy}\n`;
}
