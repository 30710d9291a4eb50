// Turns the signals that end a program into a promise.

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP from now on. Further ones change nothing: npm passes on a Ctrl-C that the terminal
 * has sent already, and a stop is over within seconds anyway.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}
