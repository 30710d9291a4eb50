// Asks one address for a file, or for what is missing of it, and writes what comes into the partial file.
import { rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type Dispatcher, request } from 'undici';
import { ModelError } from '../model-error.ts';
import { cannotWrite, partialOf, partialSize } from '../place.ts';
import { reasonOf } from '../reason.ts';
import type { FileContent } from '../source-schema.ts';
import { HEAD_BYTES, impostorIn } from './impostor.ts';
import { type Answer, planReceipt } from './plan-receipt.ts';
import type { Web } from './web.ts';

export type Receiving = Readonly<{
  web: Web;
  /** How many bytes of the file are there. */
  onReceived: (received: number) => void;
}>;

/** Null when the partial file is complete, else the problem with this address; throws where we cannot write. */
export async function receive(
  url: string,
  path: string,
  expected: FileContent,
  { web: { dispatcher, stallMs }, onReceived }: Receiving,
): Promise<string | null> {
  const have = partialSize(path);
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), stallMs);
  try {
    const headers = have > 0 ? { range: `bytes=${have}-` } : {};
    const { statusCode, headers: answered, body } = await request(url, { dispatcher, signal: stall.signal, headers });
    timer.refresh();
    const answer = {
      statusCode,
      contentRange: text(answered['content-range']),
      contentLength: text(answered['content-length']),
    };
    return await store(answer, body, { path, have, expected }, (received) => {
      timer.refresh();
      onReceived(received);
    });
  } catch (error) {
    if (error instanceof ModelError) throw error;
    return stall.signal.aborted ? `sent nothing for ${stallMs / 1000} s` : reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

type Target = Readonly<{ path: string; have: number; expected: FileContent }>;

async function store(
  answer: Answer,
  body: Dispatcher.ResponseData['body'],
  { path, have, expected }: Target,
  onReceived: (received: number) => void,
): Promise<string | null> {
  const partial = partialOf(path);
  const receipt = planReceipt(answer, have);
  if ('problem' in receipt) {
    if (receipt.misfit) rmSync(partial, { force: true });
    // Its end is of no interest, and neither is that it is cut off.
    body.on('error', () => undefined).destroy();
    return receipt.problem;
  }
  let file: FileHandle | null = null;
  let written = receipt.from;
  try {
    for await (const chunk of headFirst(body)) {
      const impostor = written === 0 ? impostorIn(chunk) : null;
      if (impostor !== null) return `gave ${impostor} instead of the model`;
      if (receipt.bytes !== null && receipt.bytes !== expected.bytes)
        return `has a file of ${receipt.bytes} bytes instead of ${expected.bytes}`;
      file ??= await opened(path, receipt.from);
      await append(file, path, chunk, written);
      written += chunk.length;
      if (written > expected.bytes) break;
      onReceived(written);
    }
    await file?.sync().catch((cause: unknown) => {
      throw cannotWrite(path, cause);
    });
  } finally {
    await file?.close().catch((cause: unknown) => {
      throw cannotWrite(path, cause);
    });
  }
  if (written <= expected.bytes)
    return written === expected.bytes ? null : `sent ${written} bytes of ${expected.bytes}`;
  rmSync(partial, { force: true });
  return `sent more than the ${expected.bytes} bytes of the model`;
}

/** The same bytes, the first of them in one chunk that tells what they are. */
async function* headFirst(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of body) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    yield head;
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
}

async function opened(path: string, from: number): Promise<FileHandle> {
  try {
    return await open(partialOf(path), from === 0 ? 'w' : 'r+');
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** At its place in the file, which is opened at its beginning. */
async function append(file: FileHandle, path: string, chunk: Uint8Array, position: number): Promise<void> {
  try {
    for (let done = 0; done < chunk.length; ) {
      done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten;
    }
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

function text(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
