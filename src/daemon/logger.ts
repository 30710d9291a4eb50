// The log: JSON lines with a constant message and the data in fields.
import { pino } from 'pino';

type Log = (fields: Readonly<Record<string, unknown>>, message: string) => void;
export type Logger = Readonly<{ debug: Log; info: Log; warn: Log; error: Log; fatal: Log }>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Writes JSON lines to a descriptor (1 for the daemon, 2 where stdout belongs to a result) or to a file. */
export function createLogger(level: LogLevel, destination: 1 | 2 | string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: destination, sync: true }),
  );
}
