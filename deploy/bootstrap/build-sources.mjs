// Translates the TypeScript when it changed, and removes what has no source any more.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpFailure } from './failure.mjs';

/** @param {import('./set-up.mjs').Context} context */
export async function ensureBuild({ root, programs, report }) {
  const stamp = join(root, 'dist', '.sources');
  const wanted = sourcesHash(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const task = report.begin('building the TypeScript');
  rmSync(stamp, { force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const built = programs.run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root });
  const { status, output } = await built.finally(() => task.end());
  if (status !== 0) {
    const first = output.split('\n').find((line) => line.includes('error TS')) ?? `exit ${status}`;
    throw new SetUpFailure(
      `the TypeScript does not build: ${first}`,
      'mend the sources; `npx tsc --noEmit` lists every error',
    );
  }
  const sources = listFiles(join(root, 'src'));
  for (const name of orphans(listFiles(join(root, 'dist')), sources)) rmSync(join(root, 'dist', name));
  chmodSync(join(root, 'dist', 'main.js'), 0o755);
  writeFileSync(stamp, wanted);
}

/** @param {string} root */
export function sourcesHash(root) {
  const hash = createHash('sha256');
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
  const sources = listFiles(join(root, 'src')).map((name) => join('src', name));
  for (const name of [...settings, ...sources].sort()) {
    const content = readFileSync(join(root, name));
    hash.update(`${name} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {readonly string[]} built
 * @param {readonly string[]} sources
 */
export function orphans(built, sources) {
  const known = new Set(sources);
  return built.filter((name) => /\.js(\.map)?$/.test(name) && !known.has(name.replace(/\.js(\.map)?$/, '.ts')));
}

/** @param {string} folder @returns {string[]} */
function listFiles(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
