// Says what is wrong with a model file and how to repair it.
export class ModelError extends Error {
  override readonly name = 'ModelError';
  /** An input is missing or cannot be read. */
  readonly exitCode = 66;

  constructor(file: string, problem: string, { remedy, cause }: Readonly<{ remedy: string; cause?: unknown }>) {
    super(`${file}: ${problem}; ${remedy}`, { cause });
  }
}
