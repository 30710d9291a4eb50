// The program that reads, marks and writes pictures: a process of its own, so that nothing else can.
import { text } from 'node:stream/consumers';
import { errorText, exitCodeOf } from '../cli/exit-code.ts';
import { readJob } from './job.ts';
import { runJob } from './run-job.ts';

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => stopping.abort());
// Whoever reads the results may have seen enough of them.
process.stdout.on('error', () => process.exit());
try {
  // Not an argument, since the paths of a few thousand pictures are longer than one may be.
  const job = readJob(await text(process.stdin));
  // No AbortSignal.timeout joined to the other: what nobody else holds is collected in Node 20, and the time never comes.
  if (job.forMs !== null) setTimeout(() => stopping.abort(), job.forMs).unref();
  process.exitCode = await runJob(job, stopping.signal);
} catch (error) {
  process.stderr.write(`onlooker: ${errorText(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
