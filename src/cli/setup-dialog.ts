// Asks and answers on the terminal: one reader of lines for all questions, which shows no password.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Dialog } from '../setup/questions.ts';
import { SetupError } from '../setup/setup-error.ts';

export type TerminalDialog = Dialog & Readonly<{ close(): void }>;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function terminalDialog(): TerminalDialog {
  let isSecret = false;
  const output = new Writable({
    write: (chunk, _, done) => {
      if (isSecret) done();
      else process.stdout.write(chunk, done);
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  let isClosed = false;
  reader.once('close', () => {
    isClosed = true;
  });
  // What is typed ahead of its question waits here.
  const lines = reader[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    // It may have ended while nothing was asked: Node 24 lets nobody ask then, and still gives what was typed ahead.
    if (!isClosed) {
      reader.setPrompt(question);
      reader.prompt();
    }
    const line = await lines.next();
    // The end of the input, or Ctrl-C.
    if (line.done === true) throw new SetupError('\nThe set-up was broken off: nothing was changed.');
    return line.value.trim();
  };
  return {
    say,
    ask,
    askSecret: async (question) => {
      process.stdout.write(question);
      isSecret = true;
      try {
        return await ask('');
      } finally {
        isSecret = false;
        say('');
      }
    },
    close: () => reader.close(),
  };
}
