// Fetches one model file from a server of the test into a fresh folder, and tells what came of it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fetchFile } from '../../../src/models/pull/fetch-file.ts';
import { openWeb } from '../../../src/models/pull/web.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { describedFile, modelBytes } from './model-file.ts';
import { type Behavior, type ModelServer, modelServer } from './model-server.ts';

export const CONTENT = modelBytes(300_000);
export const NAME = 'net.caffemodel';

export type Fetched = Readonly<{
  /** Null when the file is there. */
  error: unknown;
  troubles: readonly string[];
  requests: readonly string[];
  /** Names of what is in the folder afterwards. */
  left: readonly string[];
  isWhole: boolean;
  received: readonly number[];
}>;

/** `behaviors` by path; `urls` are paths of that server, or whole addresses. */
export async function fetching(
  behaviors: Readonly<Record<string, Behavior>>,
  { urls = Object.keys(behaviors), partial = null as Uint8Array | null, stallMs = 5000 } = {},
): Promise<Fetched> {
  const server = await modelServer(behaviors);
  const folder = tempFolder();
  if (partial !== null) writeFileSync(join(folder, `${NAME}.partial`), partial);
  return { ...(await fetchInto(folder, server, urls, stallMs)), requests: server.requests };
}

async function fetchInto(folder: string, { origin }: ModelServer, urls: readonly string[], stallMs: number) {
  const web = openWeb(stallMs);
  onTestFinished(() => web.close());
  const troubles: string[] = [];
  const received: number[] = [];
  const file = { ...describedFile(NAME, CONTENT), urls: urls.map((url) => new URL(url, origin).href) };
  const error = await fetchFile(file, join(folder, NAME), {
    web,
    onReceived: (bytes) => received.push(bytes),
    onTrouble: (url, problem) => troubles.push(`${new URL(url).pathname} ${problem}`),
  }).then(
    () => null,
    (reason: unknown) => reason,
  );
  const left = readdirSync(folder).sort();
  const isWhole = left.includes(NAME) && readFileSync(join(folder, NAME)).equals(CONTENT);
  return { error, troubles, left, isWhole, received };
}
