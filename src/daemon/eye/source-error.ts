// The source cannot work like this, now or later: a film that is none, a model that is broken.

/** Exit code 66: an input is missing or cannot be read. */
export class SourceError extends Error {
  readonly exitCode = 66;
}
