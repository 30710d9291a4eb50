// Tells a person, or the journal of systemd, of the error that ends the program, and of what else has to be known.
import { isJournal, withPriority } from '../systemd/journal.ts';
import { errorText } from './exit-code.ts';

export function tellError(error: unknown): void {
  const text = `onlooker: ${errorText(error)}\n`;
  process.stderr.write(isJournal(2, process.env['JOURNAL_STREAM']) ? withPriority(text, 'error') : text);
}

/** Beside what the command answers, which a program may read. */
export function tellUser(line: string): void {
  process.stderr.write(`onlooker: ${line}\n`);
}
