// Writes a stream of observations to a new file as JSON Lines: a header, then one observation per line.

import { createWriteStream, openSync } from 'node:fs';
import { codeOf } from '../observation/code-of.ts';
import { messageOf } from '../observation/message-of.ts';
import { headerSchema, type Observation, observationSchema, type StreamHeader } from '../observation/observation.ts';
import { RecordingError } from './recording-error.ts';

/**
 * The promises resolve when the line has left this process or is lost, and never reject: who waits for them keeps memory
 * bounded on a slow disk, who does not loses nothing.
 */
export type RecordingWriter = Readonly<{
  header: (header: StreamHeader) => Promise<void>;
  observation: (observation: Observation) => Promise<void>;
  /** Resolves when all is written, or at once when writing has failed. */
  close: () => Promise<void>;
}>;

/**
 * Creates the file, which must not exist. The first error while writing, such as a full disk, ends the recording and is
 * told to `onError`; what comes after it is dropped, so that the measurement goes on.
 */
export function createRecordingWriter(path: string, onError: (error: RecordingError) => void): RecordingWriter {
  const stream = createWriteStream(path, { fd: createFile(path) });
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  stream.once('error', (cause) => {
    onError(
      new RecordingError(
        `Recording to ${path} stopped: ${cause.message}. What was written stays readable; ` +
          'cure this and start a new recording.',
        { cause, exitCode: 74 },
      ),
    );
  });

  const write = (value: StreamHeader | Observation) =>
    stream.writable
      ? new Promise<void>((resolve) => stream.write(`${JSON.stringify(value)}\n`, () => resolve()))
      : Promise.resolve();

  // Parsing puts the keys into the order of the schema, so that equal observations are equal bytes.
  return {
    header: (header) => write(headerSchema.parse(header)),
    observation: (observation) => write(observationSchema.parse(observation)),
    close: () => {
      stream.end();
      return closed;
    },
  };
}

function createFile(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') {
      throw new RecordingError(
        `The recording ${path} exists already and is never overwritten. Choose another name or move it away.`,
        { cause },
      );
    }
    throw new RecordingError(
      `Cannot create the recording ${path}: ${messageOf(cause)}. Choose a folder that exists and can be written.`,
      { cause, exitCode: 74 },
    );
  }
}
