// The error for what cannot be analyzed or written: it says what is wrong, where, and how to fix it.
import { EXIT } from '../cli/exit-code.ts';

const CODES = { usage: EXIT.usage, input: EXIT.input, output: EXIT.storage } as const;

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
