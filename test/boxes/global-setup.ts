// Builds the packages once for all files of this project, and tells the tests where they are.
import type { TestProject } from 'vitest/node';
import { noTrees } from './booted-tree.ts';
import { packagesOfFirst, packagesOfNow, type Release, releasesOfThisRun } from './packages.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folders of what is checked out, and of the first commit that could build packages; null where no box can boot. */
    packages: Readonly<{ releases: readonly Release[]; now: string; first: string }> | null;
  }
}

export default async function buildPackages(project: TestProject): Promise<void> {
  if (noTrees !== '') return project.provide('packages', null);
  const releases = releasesOfThisRun();
  const now = await packagesOfNow(releases);
  project.provide('packages', { releases, now, first: await packagesOfFirst(releases) });
}
