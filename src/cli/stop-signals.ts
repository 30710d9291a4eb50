// Turns the signals that end a program, or ask it to read its configuration anew, into promises.
import { isatty } from 'node:tty';

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP from now on. Further ones change nothing: npm passes on a Ctrl-C that the terminal
 * has sent already, and a stop is over within seconds anyway.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return firstOf(['SIGTERM', 'SIGINT', 'SIGHUP']);
}

export type ServiceSignals = Readonly<{
  stopped: Promise<NodeJS.Signals>;
  /** Resolves at the next SIGHUP, or at once when some came since it resolved last: many are one. */
  reload(): Promise<void>;
}>;

/** For a service SIGHUP asks for a reload; from a terminal it says that nobody sits there any more. */
export function serviceSignals(): ServiceSignals {
  if (isatty(0)) return { stopped: stopSignal(), reload: () => new Promise(() => undefined) };
  let isAsked = false;
  let wake = (): void => undefined;
  process.on('SIGHUP', () => {
    isAsked = true;
    wake();
  });
  return {
    stopped: firstOf(['SIGTERM', 'SIGINT']),
    reload: async () => {
      if (!isAsked) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      isAsked = false;
    },
  };
}

function firstOf(signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, resolve);
  });
}
