// The packages of a commit can be built again by anybody, who gets the same bytes.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, inject, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { noTrees } from './booted-tree.ts';
import { build, debs, isLong, RELEASES, ROOT } from './packages.ts';

/** Two builds from scratch, of which the first one is what the other tests install. */
it.skipIf(noTrees !== '' || !isLong).each(RELEASES)(
  `Debian $number, compiled twice (with ONLOOKER_LONG=1)${noTrees}`,
  async (release) => {
    const folder = tempFolder();
    await build(ROOT, release, folder);
    const again = debs(folder, release).program;
    const once = debs(inject('packages')?.now ?? '', release).program;
    expect(basename(again)).toBe(basename(once));
    expect(readFileSync(again).equals(readFileSync(once))).toBe(true);
  },
  3_600_000,
);
