// The exit codes and how an error becomes one.

export const EXIT = { ok: 0, usage: 64, input: 66, bug: 70, storage: 74, configuration: 78 } as const;

/** As the documents tell them. */
export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'it did what it was asked'],
  [
    1,
    'the demo ran, but not everything that it shows has happened; or the doctor found something that fails, or rules check a rule that never comes on; or the service did not start after setup',
  ],
  [EXIT.usage, 'the command line is wrong, or setup cannot be carried out here'],
  [
    EXIT.input,
    'an input or a model is missing or cannot be read, or the recording that is to be written exists already',
  ],
  [EXIT.bug, 'a bug'],
  [EXIT.storage, 'the database cannot be opened or written, or a marked copy or the output cannot be written'],
  [EXIT.configuration, 'the configuration is wrong, a port is taken, or this Node is too old'],
];

/** Errors that say what a person can do carry an exit code; everything else is a bug. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') return error.exitCode;
  return EXIT.bug;
}

/** What a person reads: the message alone for an expected error, with the stack for a bug. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (exitCodeOf(error) !== EXIT.bug) return error.message;
  return `This is a bug in Onlooker, please report it:\n${error.stack ?? error.message}`;
}
