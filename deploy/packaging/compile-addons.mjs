// Compiles the native addons of a checkout with the Node that runs this, or takes them from the cache; no other step of a set-up.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureAddons } from '../bootstrap/addons.mjs';
import { failureText } from '../bootstrap/failure.mjs';
import { cacheFolder } from '../bootstrap/locations.mjs';
import { Log } from '../bootstrap/log.mjs';
import { Programs } from '../bootstrap/programs.mjs';
import { Report } from '../bootstrap/report.mjs';

const cache = cacheFolder(process.env);
const log = new Log(join(cache, 'logs'), new Date(), process.pid);
try {
  await ensureAddons({
    root: fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, ''),
    purpose: 'run',
    cache,
    env: process.env,
    node: { version: process.versions.node, abi: process.versions.modules, arch: process.arch },
    isTerminal: false,
    log,
    report: new Report(process.stderr, () => performance.now()),
    programs: new Programs(log),
  });
} catch (error) {
  process.stderr.write(`${failureText(error, log.path)}\n`);
  process.exitCode = 1;
} finally {
  log.close();
}
