// The error for a recording that cannot be written or read: it says which file, which line, and what to do.

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  /** Of sysexits.h: EX_NOINPUT where it is read, EX_IOERR where it is written. */
  readonly exitCode: 66 | 74;

  constructor(message: string, { exitCode = 66, ...options }: ErrorOptions & { exitCode?: 66 | 74 } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
