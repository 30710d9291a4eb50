// The program that reads, marks and writes pictures: a process of its own, so that nothing else can.
import { text } from 'node:stream/consumers';
import { EXIT, errorText, exitCodeOf } from '../cli/exit-code.ts';
import { Deadline } from './deadline.ts';
import { readJob } from './job.ts';
import { runJob } from './run-job.ts';

const deadline = new Deadline();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => deadline.end());
process.stdout.once('error', (error: NodeJS.ErrnoException) => {
  // Further lines fail as this one did.
  process.stdout.on('error', () => undefined);
  deadline.end();
  // Whoever reads the results may have seen enough of them, as head has.
  if (error.code === 'EPIPE') return;
  process.stderr.write(`onlooker: the results cannot be written: ${error.message}\n`);
  process.exitCode = EXIT.storage;
});
try {
  // Not an argument, since the paths of a few thousand pictures are longer than one may be.
  const job = readJob(await text(process.stdin));
  const exitCode = await runJob(job, deadline);
  process.exitCode ??= exitCode;
} catch (error) {
  process.stderr.write(`onlooker: ${errorText(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
