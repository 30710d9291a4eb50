// The error for a server that cannot be opened: it says why and what to do.
export class HttpError extends Error {
  override readonly name = 'HttpError';
  /** EX_CONFIG of sysexits.h. */
  readonly exitCode = 78;
}
