// What the journal of systemd understands: whether it reads a descriptor, and how urgent a line is.
import { fstatSync } from 'node:fs';

/** sd-daemon(3); the levels of syslog(3). */
const PRIORITY = { fatal: 2, error: 3, warn: 4, info: 6, debug: 7 } as const;

/** systemd.exec(5), $JOURNAL_STREAM: a program compares, since it may have inherited the variable and been given another output. */
export function isJournal(descriptor: number, journalStream: string | undefined): boolean {
  if (!journalStream) return false;
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return journalStream === `${dev}:${ino}`;
}

/** The journal takes each line by itself. */
export function withPriority(text: string, level: keyof typeof PRIORITY): string {
  return text.replace(/^(?=.)/gm, `<${PRIORITY[level]}>`);
}
