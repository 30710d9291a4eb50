// A logger that remembers what it was told.
import type { Logger } from '../../src/daemon/logger.ts';

type Line = Readonly<{ level: keyof Logger; message: string; fields: Readonly<Record<string, unknown>> }>;

export function memoryLog(): Readonly<{ logger: Logger; lines: () => readonly Line[] }> {
  const lines: Line[] = [];
  const at = (level: keyof Logger) => (fields: Line['fields'], message: string) => {
    lines.push({ level, message, fields });
  };
  return {
    logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') },
    lines: () => lines,
  };
}
