#!/usr/bin/env node
// Checks that this Node can run the program, runs the command line, and is the only place of the daemon that exits.
import { setFlagsFromString } from 'node:v8';

const NODE_AT_LEAST = [20, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NODE_AT_LEAST[0] || (major === NODE_AT_LEAST[0] && minor < NODE_AT_LEAST[1])) {
  process.stderr.write(
    `Onlooker needs Node ${NODE_AT_LEAST.join('.')} or newer, this is ${process.versions.node}: install the nodejs package of Debian 13, or Node 24.\n`,
  );
  process.exit(78);
}
// V8 would let the young generation grow to 32 MB over hours, and the old one by 8 MB (measured) before it is collected. The first
// keeps its size, the second is collected sooner, which costs no processor time that can be measured: memory levels within minutes.
for (const flag of ['--semi-space-growth-factor=1', '--optimize-for-size', '--heap-growing-percent=10']) {
  setFlagsFromString(flag);
}
// Without these Node would exit with 1, which does not say that it was a bug.
const { EXIT } = await import('./cli/exit-code.ts');
const { tellError } = await import('./cli/tell-error.ts');
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.once(event, (error: unknown) => {
    tellError(error);
    process.exit(EXIT.bug);
  });
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads the output has seen enough, as head has.
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  process.stderr.write(`onlooker: the output cannot be written: ${error.message}\n`);
  process.exit(EXIT.storage);
});
const { runCommandLine } = await import('./cli/command-line.ts');
const exitCode = await runCommandLine(process.argv);
// A pipe takes what was written at the pace of its reader.
await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
// Node tells of output that could not be written in the next turn.
await new Promise((resolve) => setImmediate(resolve));
process.exit(exitCode);
