// Builds the packages that the boxes install, or takes those that were built from the same commit before.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../deploy/bootstrap/locations.mjs';

export type Release = Readonly<{ name: 'bookworm' | 'trixie'; number: 12 | 13 }>;

export const RELEASES: readonly Release[] = [
  { name: 'bookworm', number: 12 },
  { name: 'trixie', number: 13 },
];

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = cacheFolder(process.env);
export const isLong = process.env['ONLOOKER_LONG'] === '1';

/**
 * Those that ONLOOKER_RELEASES names, as "bookworm trixie"; else those whose addons are compiled already, and one of the others:
 * compiling takes a quarter of an hour for each, more than a run with nothing cached has for both. The next run takes the other.
 */
export function releasesOfThisRun(): readonly Release[] {
  const named = process.env['ONLOOKER_RELEASES']?.split(' ');
  if (named !== undefined) {
    const asked = RELEASES.filter(({ name }) => named.includes(name));
    if (asked.length === 0)
      throw new Error('ONLOOKER_RELEASES must name bookworm, trixie or both, with a space between');
    return asked;
  }
  const isCompiled = ({ name }: Release) => existsSync(join(CACHE, 'packaging', name, 'onlooker', 'addons'));
  const isGiven = process.env['ONLOOKER_PACKAGES'] !== undefined;
  const [next] = RELEASES.filter((release) => !isCompiled(release));
  return RELEASES.filter((release) => isLong || isGiven || isCompiled(release) || release === next);
}

/** The folder with the packages of what is checked out, or those that ONLOOKER_PACKAGES names: a release before it is published. */
export async function packagesOfNow(releases: readonly Release[]): Promise<string> {
  const given = process.env['ONLOOKER_PACKAGES'];
  if (given !== undefined) return given;
  const isChanged = git('status', '--porcelain') !== '';
  // Uncommitted work has no name to keep it under.
  return await built(ROOT, isChanged ? null : git('rev-parse', 'HEAD'), releases);
}

/** The folder with the packages of the first commit that could build any; what the oldest boxes have. */
export async function packagesOfFirst(releases: readonly Release[]): Promise<string> {
  const commit = git('log', '--diff-filter=A', '--format=%H', '--', 'deploy/build-deb').split('\n').at(-1) ?? '';
  const checkout = mkdtempSync(join(tmpdir(), 'onlooker-first-'));
  try {
    execFileSync('git', ['clone', '--quiet', ROOT, checkout]);
    execFileSync('git', ['-C', checkout, 'checkout', '--quiet', commit]);
    return await built(checkout, commit, releases);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
}

/** The package of the program and that of the nets. */
export function debs(folder: string, release: Release): Readonly<{ program: string; models: string }> {
  const program = programIn(folder, release);
  const models = readdirSync(folder).find((file) => /^onlooker-models_.*_all\.deb$/.test(file));
  if (program === undefined || models === undefined) throw new Error(`${folder} lacks packages for ${release.name}`);
  return { program: join(folder, program), models: join(folder, models) };
}

/** A tree of that release in which everything is installed that the package asks for, so that a box needs no network. */
export function boxTree({ name }: Release, program: string): string {
  const asked = ['Depends', 'Recommends'].flatMap((field) =>
    execFileSync('dpkg-deb', ['--field', program, field], { encoding: 'utf8' }).split(','),
  );
  const names = asked.map((one) => one.trim().split(/[ |(]/)[0] ?? '').filter((one) => !one.startsWith('onlooker'));
  const packages = [...new Set([...names, 'systemd', 'systemd-sysv', 'dbus'])].sort().join(',');
  const script = `. "$1/deploy/packaging/tree.sh"; ensure_tree box "$2" "$3" "$4"`;
  return execFileSync('bash', ['-c', script, 'box', ROOT, name, CACHE, packages], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}

async function built(checkout: string, commit: string | null, releases: readonly Release[]): Promise<string> {
  const kept = join(CACHE, 'packaging', 'built', commit ?? 'changed');
  if (commit === null || isLong) rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  const missing = releases.filter((release) => programIn(kept, release) === undefined);
  if (missing.length === 0) return kept;
  process.stderr.write(`building the packages of ${commit ?? 'what is checked out'} (some minutes)\n`);
  // All at once, since packing keeps one processor busy.
  await Promise.all(missing.map((release) => build(checkout, release, kept)));
  return kept;
}

/** Puts them into the folder when they are whole, the program last. */
export async function build(checkout: string, { name }: Release, kept: string): Promise<void> {
  const folder = join(kept, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const logPath = join(kept, `${name}.log`);
  const log = openSync(logPath, 'w');
  const args = ['--release', name, '--out', folder, ...(isLong ? ['--long'] : [])];
  const building = spawn(join(checkout, 'deploy', 'build-deb'), args, { stdio: ['ignore', log, log] });
  const [status] = await once(building, 'exit');
  closeSync(log);
  if (status !== 0)
    throw new Error(`build-deb --release ${name} ended with ${status}:\n${readFileSync(logPath, 'utf8').slice(-6000)}`);
  for (const file of readdirSync(folder).sort()) renameSync(join(folder, file), join(kept, file));
}

function programIn(folder: string, { number }: Release): string | undefined {
  return readdirSync(folder).find((file) => file.startsWith('onlooker_') && file.includes(`~deb${number}_`));
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' }).trim();
}
