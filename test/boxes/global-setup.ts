// Builds the packages once for all files of this project, and tells the tests where they are.
import type { TestProject } from 'vitest/node';
import { noTrees } from './booted-tree.ts';
import { packagesOfFirst, packagesOfNow } from './packages.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folders of what is checked out, and of the first commit that could build packages; null where no box can boot. */
    packages: Readonly<{ now: string; first: string }> | null;
  }
}

export default async function buildPackages(project: TestProject): Promise<void> {
  const packages = noTrees === '' ? { now: await packagesOfNow(), first: await packagesOfFirst() } : null;
  project.provide('packages', packages);
}
