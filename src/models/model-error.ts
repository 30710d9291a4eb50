// Says what is wrong with a model file and how to repair it.
export class ModelError extends Error {
  override readonly name = 'ModelError';
  /** An input is missing or cannot be read. */
  readonly exitCode = 66;

  constructor(file: string, problem: string, options: { remedy?: string; cause?: unknown } = {}) {
    const { remedy = 'repair it with: node deploy/bootstrap.mjs', cause } = options;
    super(`${file}: ${problem}; ${remedy}`, { cause });
  }
}
