// Builds what the boxes need while other tests run: node --import ./test/support/typescript-hooks.mjs, then this file.
import { noTrees } from './booted-tree.ts';
import { boxTree, debs, packagesOfFirst, packagesOfNow, releasesOfThisRun } from './packages.ts';

const releases = releasesOfThisRun();
if (process.argv.includes('--list')) {
  process.stdout.write(releases.map(({ name }) => name).join(' '));
} else if (noTrees === '') {
  const now = await packagesOfNow(releases);
  for (const release of releases) boxTree(release, debs(now, release).program);
  await packagesOfFirst(releases);
}
