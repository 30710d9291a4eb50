// Writes the truth of a simulation as JSON Lines: every person who was there, and the true person-seconds of every minute.

import { createWriteStream, openSync } from 'node:fs';
import { instantText } from '../contract/instant.ts';
import { messageOf } from '../observation/message-of.ts';
import type { SimulatedEvent } from '../simulator/events.ts';
import type { Truth } from '../simulator/truth.ts';
import { StorageError } from '../sqlite/storage-error.ts';

export type TruthFile = Readonly<{
  truth(truth: Truth): void;
  event(event: SimulatedEvent): void;
  /** Resolves when all is written; rejects when something could not be. */
  close(): Promise<void>;
}>;

/** `wallAtStart` is the Unix time of the start. An older file of that name is replaced. */
export function openTruthFile(path: string, wallAtStart: number): TruthFile {
  const stream = createWriteStream(path, { fd: createFile(path) });
  const closed = new Promise<void>((resolve, reject) => {
    stream.once('close', resolve);
    stream.once('error', (error) => reject(new StorageError(`The truth stopped: ${error.message}`)));
  });
  // Whoever closes the file hears of it.
  closed.catch(() => undefined);
  const write = (line: unknown) => stream.write(`${JSON.stringify(line)}\n`);
  const instant = (at: number) => instantText(wallAtStart + at);
  return {
    truth: (truth) => write(truth.kind === 'person' ? personLine(truth, instant) : minuteLine(truth, instant)),
    event: ({ kind, at, ...rest }) => write({ kind, at: instant(at), ...rest }),
    close: () => {
      stream.end();
      return closed;
    },
  };
}

type Instant = (at: number) => string;

function personLine({ person, dwellMs, attentionMs }: Extract<Truth, { kind: 'person' }>, instant: Instant) {
  return {
    kind: 'person',
    id: person.id,
    group: person.group,
    arrivedAt: instant(person.arrivesAt),
    leftAt: instant(person.arrivesAt + dwellMs),
    dwellMs: Math.round(dwellMs),
    attentionMs: Math.round(attentionMs),
    ageYears: Math.floor(person.ageYears),
    gender: person.gender,
  };
}

function minuteLine(minute: Extract<Truth, { kind: 'minute' }>, instant: Instant) {
  return {
    kind: 'minute',
    from: instant(minute.from),
    personSeconds: seconds(minute.personMs),
    attentionSeconds: seconds(minute.attentionMs),
    arrived: minute.arrived,
    cameraSeconds: seconds(minute.cameraMs),
  };
}

function createFile(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    const reason = messageOf(error);
    throw new StorageError(`--truth cannot be written: ${reason}. Choose another file.`);
  }
}

/** To the millisecond, as rollups are. */
function seconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}
