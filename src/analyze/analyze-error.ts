// The error for what cannot be analyzed or written: it says what is wrong, where, and how to fix it.

/** EX_USAGE, EX_NOINPUT and EX_IOERR of sysexits.h. */
const CODES = { usage: 64, input: 66, output: 74 } as const;

export class AnalyzeError extends Error {
  override readonly name = 'AnalyzeError';
  readonly exitCode: number;

  constructor(kind: keyof typeof CODES, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.exitCode = CODES[kind];
  }

  /** The other inputs may still be fine. */
  get concernsOneInput(): boolean {
    return this.exitCode === CODES.input;
  }
}
