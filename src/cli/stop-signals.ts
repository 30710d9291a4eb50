// Turns the signals that end a program into a promise.

/** Resolves at the first SIGTERM or SIGINT from now on. The same one again ends the process at once, as people expect. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
