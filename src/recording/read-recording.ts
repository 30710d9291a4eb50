// Reads a recording line by line; what is broken in it is named with file and line.
import type { z } from 'zod';
import { issueWords } from '../contract/issue-words.ts';
import { problemText, valueAt, valueText } from '../contract/problems.ts';
import { messageOf } from '../observation/message-of.ts';
import { headerSchema, type Observation, observationSchema, type StreamHeader } from '../observation/observation.ts';
import { type Line, linesOf } from './lines.ts';
import { RecordingError } from './recording-error.ts';

export type Recording = Readonly<{
  header: StreamHeader;
  /** What follows the header; another header begins a new stream. To be iterated once, which closes the file. */
  items: AsyncIterable<RecordingItem>;
}>;

export type RecordingItem = Readonly<
  { kind: 'header'; header: StreamHeader } | { kind: 'observation'; observation: Observation }
>;

const CHOOSE_ANOTHER = 'It is not a recording: choose another file.';

/**
 * Rejects when the file is missing, empty or no recording. A last line that a power cut truncated is left out and its
 * number told to `onTruncated`.
 */
export async function readRecording(path: string, onTruncated: (line: number) => void): Promise<Recording> {
  const items = itemsOf(path, onTruncated);
  const first = await items.next();
  if (first.done === true) {
    throw new RecordingError(`The recording ${path} holds no complete line. Choose another file.`);
  }
  if (first.value.kind !== 'header') throw noRecording(path);
  return { header: first.value.header, items };
}

async function* itemsOf(
  path: string,
  onTruncated: (line: number) => void,
): AsyncGenerator<RecordingItem, void, undefined> {
  try {
    for await (const line of linesOf(path)) {
      const value = parseJson(line, path);
      // Another file of lines has no observation to be corrected.
      if (line.number === 1 && value !== undefined && versionOf(value) === undefined) throw noRecording(path);
      if (value === undefined) onTruncated(line.number);
      else yield toItem(value, `${path}:${line.number}`);
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new RecordingError(`Cannot read the recording ${path}: ${error.message}. Check the path.`, { cause: error });
  }
}

function noRecording(path: string): RecordingError {
  return new RecordingError(`${path}:1: a recording begins with a header, and this line is none. ${CHOOSE_ANOTHER}`);
}

/** Undefined when the line is not JSON because its end is missing. */
function parseJson({ number, text, complete }: Line, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!complete) return undefined;
    const remedy = number === 1 ? CHOOSE_ANOTHER : 'Remove the line.';
    throw new RecordingError(`${path}:${number}: not JSON (${messageOf(cause)}). ${remedy}`, {
      cause,
    });
  }
}

function toItem(value: unknown, place: string): RecordingItem {
  const version = versionOf(value);
  if (version === undefined) return { kind: 'observation', observation: checked(observationSchema, value, place) };
  if (version !== headerSchema.shape.version.value) {
    throw new RecordingError(
      `${place}: recording version ${valueText(version)}, this program reads version ${headerSchema.shape.version.value}. ` +
        'Use the Onlooker that wrote it.',
    );
  }
  return { kind: 'header', header: checked(headerSchema, value, place) };
}

function versionOf(value: unknown): unknown {
  return value instanceof Object && 'version' in value ? value.version : undefined;
}

function checked<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) =>
    problemText(issue.path, issueWords(issue), valueAt(value, issue.path)),
  );
  throw new RecordingError(`${place}: ${problems.join('; ')}. Correct or remove the line.`);
}
