// Splits a file into lines while it is read, with a bound on their length, so that any file can be tried.
import { createReadStream } from 'node:fs';

/** An observation of 64 faces with looks has about 40 kB. */
const LONGEST_LINE_BYTES = 1_000_000;

const LINE_FEED = 0x0a;

export type Line = Readonly<{
  number: number;
  text: string;
  /** False for a last line that does not end in a line feed. */
  complete: boolean;
}>;

/** Yields the lines of a file; a line that is too long comes cut at the bound and is the last. */
export async function* linesOf(path: string): AsyncGenerator<Line, void, undefined> {
  let number = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      yield { number, text: bytes.toString('utf8', start, end), complete: true };
      number += 1;
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > LONGEST_LINE_BYTES) {
      yield { number, text: rest.toString('utf8', 0, LONGEST_LINE_BYTES), complete: true };
      return;
    }
  }
  if (rest.length > 0) yield { number, text: rest.toString('utf8'), complete: false };
}
