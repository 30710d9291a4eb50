// The log: JSON lines with a constant message and the data in fields.
import { pino } from 'pino';
import { isJournal, withPriority } from '../systemd/journal.ts';

type Log = (fields: Readonly<Record<string, unknown>>, message: string) => void;
export type Logger = Readonly<{ debug: Log; info: Log; warn: Log; error: Log; fatal: Log }>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

/** So much waits for a place that is full; more is lost. */
const KEPT_BYTES = 1_000_000;
/** A reader that is slow is waited for so long, and everything else waits, too; one that hangs is not. */
const PATIENCE_MS = 2000;

/**
 * Writes JSON lines to a descriptor (1 for the daemon, 2 where stdout belongs to a result) or to a file. In the journal each line
 * begins with its priority.
 */
export function createLogger(level: LogLevel, destination: 1 | 2 | string): Logger {
  let stuckSince: number | null = null;
  const isWorthWaiting = () => {
    stuckSince ??= performance.now();
    return performance.now() - stuckSince < PATIENCE_MS;
  };
  const lines = pino.destination({
    dest: destination,
    sync: true,
    maxLength: KEPT_BYTES,
    retryEAGAIN: isWorthWaiting,
  });
  // All that waited is written.
  lines.on('drain', () => {
    stuckSince = null;
  });
  lines.on('write', (bytes: number) => {
    if (bytes > 0) stuckSince = null;
  });
  // A log that cannot be written, as on a full disk, is no reason to stop measuring.
  lines.on('error', () => undefined);
  // What waits is tried again with each line that finds no place there.
  lines.on('drop', () => lines.write(''));
  const write = (line: string) => lines.write(line);
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  if (typeof destination === 'string' || !isJournal(destination, process.env['JOURNAL_STREAM'])) {
    return pino(options, { write });
  }
  const streams = LEVELS.map((name) => ({
    level: name,
    stream: { write: (line: string) => write(withPriority(line, name)) },
  }));
  // Each line goes to the one stream of its level.
  return pino(options, pino.multistream(streams, { dedupe: true }));
}
