// The error for a pack that is in no manifest: the name in the configuration is wrong, not a file.

export class UnknownPackError extends Error {
  override readonly name = 'UnknownPackError';
  /** As for any other value that the configuration cannot have. */
  readonly exitCode = 78;
  readonly known: readonly string[];

  constructor(pack: string, known: readonly string[]) {
    super(`models.pack: must be one of ${known.join(', ')} (got ${JSON.stringify(pack)})`);
    this.known = known;
  }
}
