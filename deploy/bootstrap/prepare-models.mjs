// Has the models of the default pack prepared; the converter itself knows which are there already.
import { join } from 'node:path';
import { SetUpFailure } from './failure.mjs';

/** @param {import('./set-up.mjs').Context} context */
export async function ensureModels({ root, programs, report }) {
  const converter = join(root, 'dist', 'models', 'convert', 'main.js');
  const onLine = (/** @type {string} */ line) => {
    // What was ready before is not worth a line.
    if (/^model .*convert/.test(line)) report.say(line);
  };
  const { status, output } = await programs.run(process.execPath, [converter], { cwd: root, onLine });
  if (status === 0) return;
  const lines = output.trim().split('\n');
  throw new SetUpFailure(
    `the models could not be prepared (exit ${status}): ${lines.at(-1) ?? ''}`,
    'remove node_modules and models/prepared, then run the same command again',
  );
}
