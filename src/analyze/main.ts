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
  const stop =
    job.forMs === null ? stopping.signal : AbortSignal.any([stopping.signal, AbortSignal.timeout(job.forMs)]);
  process.exitCode = await runJob(job, stop);
} catch (error) {
  process.stderr.write(`onlooker: ${errorText(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
