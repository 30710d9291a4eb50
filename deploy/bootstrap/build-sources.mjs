// Translates the TypeScript when it changed, and removes what has no source any more.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpFailure } from './failure.mjs';
import { runNpm } from './npm-packages.mjs';

/** @param {import('./set-up.mjs').Context} context */
export async function ensureBuild(context) {
  const { root, report } = context;
  const stamp = join(root, 'dist', '.sources');
  const wanted = sourcesHash(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const task = report.begin('building the TypeScript');
  rmSync(stamp, { force: true });
  const { status, output } = await runNpm(context, ['run', 'build']).finally(() => task.end());
  if (status !== 0) {
    const first = output.split('\n').find((line) => /error TS|\[ERROR\]/.test(line)) ?? `exit ${status}`;
    throw new SetUpFailure(
      `the TypeScript does not build: ${first}`,
      'mend the sources; `npm run check:types` lists every error',
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
  const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
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
  const made = /\.(js|js\.map|d\.ts)$/;
  return built.filter((name) => made.test(name) && !known.has(name.replace(made, '.ts')));
}

/** @param {string} folder @returns {string[]} */
function listFiles(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
