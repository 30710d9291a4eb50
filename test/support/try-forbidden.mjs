// Loaded into the sensor by a test: tries what its permissions forbid and says on standard error how each attempt ended.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const attempts = {
  write: () => writeFileSync('/tmp/onlooker-forbidden', 'x'),
  spawn: () => spawnSync('true'),
  worker: () => new Worker('', { eval: true }),
};
for (const [name, attempt] of Object.entries(attempts)) {
  let outcome = 'done';
  try {
    attempt();
  } catch (error) {
    outcome = error.code;
  }
  process.stderr.write(`${name}: ${outcome}\n`);
}
