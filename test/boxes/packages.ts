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

/** The folder with the packages of what is checked out, or those that ONLOOKER_PACKAGES names: a release before it is published. */
export async function packagesOfNow(): Promise<string> {
  const given = process.env['ONLOOKER_PACKAGES'];
  if (given !== undefined) return given;
  const isChanged = git('status', '--porcelain') !== '';
  // Uncommitted work has no name to keep it under.
  return await built(ROOT, isChanged ? null : git('rev-parse', 'HEAD'));
}

/** The folder with the packages of the first commit that could build any; what the oldest boxes have. */
export async function packagesOfFirst(): Promise<string> {
  const commit = git('log', '--diff-filter=A', '--format=%H', '--', 'deploy/build-deb').split('\n').at(-1) ?? '';
  const kept = keptUnder(commit);
  if (!isLong && existsSync(kept)) return kept;
  const checkout = mkdtempSync(join(tmpdir(), 'onlooker-first-'));
  try {
    execFileSync('git', ['clone', '--quiet', ROOT, checkout]);
    execFileSync('git', ['-C', checkout, 'checkout', '--quiet', commit]);
    return await built(checkout, commit);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
}

/** The package of the program and that of the nets. */
export function debs(folder: string, { number }: Release): Readonly<{ program: string; models: string }> {
  const find = (pattern: RegExp) => {
    const name = readdirSync(folder).find((file) => pattern.test(file));
    if (name === undefined) throw new Error(`${folder} has no ${pattern.source}`);
    return join(folder, name);
  };
  return { program: find(new RegExp(`^onlooker_.*~deb${number}_`)), models: find(/^onlooker-models_.*_all\.deb$/) };
}

/** A tree of that release in which everything is installed that the package asks for, so that a box needs no network. */
export function boxTree({ name }: Release, program: string): string {
  const asked = ['Depends', 'Recommends'].flatMap((field) =>
    execFileSync('dpkg-deb', ['--field', program, field], { encoding: 'utf8' }).split(','),
  );
  const names = asked.map((one) => one.trim().split(/[ |(]/)[0] ?? '').filter((one) => !one.startsWith('onlooker'));
  const packages = [...new Set([...names, 'systemd', 'systemd-sysv', 'dbus', 'socat'])].sort().join(',');
  const script = `. "$1/deploy/packaging/tree.sh"; ensure_tree box "$2" "$3" "$4"`;
  return execFileSync('bash', ['-c', script, 'box', ROOT, name, CACHE, packages], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}

async function built(checkout: string, commit: string | null): Promise<string> {
  const kept = keptUnder(commit ?? 'changed');
  if (commit !== null && !isLong && existsSync(kept)) return kept;
  const draft = `${kept}.draft`;
  for (const folder of [draft, kept]) rmSync(folder, { recursive: true, force: true });
  process.stderr.write(`building the packages of ${commit ?? 'what is checked out'} (some minutes)\n`);
  // Both at once, since packing keeps one processor busy.
  await Promise.all(RELEASES.map((release) => build(checkout, release, draft)));
  renameSync(draft, kept);
  return kept;
}

export async function build(checkout: string, { name }: Release, draft: string): Promise<void> {
  const folder = join(draft, name);
  mkdirSync(folder, { recursive: true });
  const logPath = join(draft, `${name}.log`);
  const log = openSync(logPath, 'w');
  const args = ['--release', name, '--out', folder, ...(isLong ? ['--long'] : [])];
  const building = spawn(join(checkout, 'deploy', 'build-deb'), args, { stdio: ['ignore', log, log] });
  const [status] = await once(building, 'exit');
  closeSync(log);
  if (status !== 0)
    throw new Error(`build-deb --release ${name} ended with ${status}:\n${readFileSync(logPath, 'utf8').slice(-6000)}`);
  for (const file of readdirSync(folder)) renameSync(join(folder, file), join(draft, file));
}

function keptUnder(name: string): string {
  return join(CACHE, 'packaging', 'built', name);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' }).trim();
}
