// Defines how a failed set-up is told: what happened, how to fix it, where the full log is.

/** A set-up step that could not be done, with what its user can do about it. */
export class SetUpFailure extends Error {
  /**
   * @param {string} problem one sentence without a full stop
   * @param {string} remedy one sentence or one command
   * @param {{ cause?: unknown, exitCode?: number }} [options]
   */
  constructor(problem, remedy, { cause, exitCode = 1 } = {}) {
    super(problem, { cause });
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

/** Thrown out of whatever was under way when a signal asked to stop. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }
}

/**
 * @param {unknown} error
 * @param {string | null} logPath
 */
export function failureText(error, logPath) {
  const known = error instanceof SetUpFailure;
  const problem = error instanceof Error ? error.message : String(error);
  const remedy = known ? error.remedy : 'this is a bug of the set-up: please report it with the log';
  const log = logPath === null ? '' : `\n  full log: ${logPath}`;
  return `set-up failed: ${problem}\n  to fix it: ${remedy}${log}`;
}
