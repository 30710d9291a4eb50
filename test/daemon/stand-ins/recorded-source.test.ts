// A recording plays like a camera: at its own pace or faster, through the tracker of today, and its faults are told.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RecordedSource } from '../../../src/daemon/stand-ins/recorded-source.ts';
import type { Observation, StreamHeader } from '../../../src/observation/observation.ts';
import { type Recording, type RecordingItem, readRecording } from '../../../src/recording/read-recording.ts';
import { createRecordingWriter } from '../../../src/recording/write-recording.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { FOLLOW_OPTIONS } from '../../support/measure-audience.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { trackFilm } from '../../support/track-film.ts';
import { detectionsOf, film, headerOf, walkPast } from '../../support/walk-past.ts';

const second = film([walkPast({ from: 0, until: 1000 })], { until: 1000 });
const tracked = trackFilm(
  detectionsOf([walkPast({ from: 0, until: 4000 }), walkPast({ from: 500, until: 3000, track: 2 })]),
);

describe('the pace', () => {
  it.each([
    [1, 100],
    [4, 25],
    [0.5, 200],
  ])('at speed %d is a frame every %d ms', async (speed, everyMs) => {
    const clock = manualClock();
    const { told } = play(memoryRecording(second), { speed, clock });
    for (let frames = 1; frames <= 10; frames += 1) {
      await turn();
      expect(told.filter((word) => word === 'observed')).toHaveLength(frames);
      clock.advance(everyMs - 1);
      await turn();
      expect(told.filter((word) => word === 'observed')).toHaveLength(frames);
      clock.advance(1);
    }
    expect(told.at(-1)).toBe('ended');
  });

  it('begins at once, whenever it was recorded', async () => {
    const { told } = play(memoryRecording(second.map((each) => ({ ...each, at: each.at + 1e9 }))), { speed: 1 });
    await turn();
    expect(told).toEqual(['opened', 'observed']);
  });

  it('at full speed waits for no clock, and lets others run', async () => {
    const long = film([walkPast({ from: 0, until: 100_000 })], { until: 100_000 });
    const { told, source } = play(memoryRecording(long), { speed: 'max' });
    let turns = 0;
    while (told.at(-1) !== 'ended') {
      await turn();
      turns += 1;
    }
    expect(told).toHaveLength(1002);
    expect(turns).toBeGreaterThanOrEqual(10);
    await source.stop();
  });

  it('ends where it is when it is stopped', async () => {
    const { told, source, clock } = play(memoryRecording(second), { speed: 1 });
    await turn();
    await source.stop();
    clock.advance(10_000);
    await turn();
    expect(told).toEqual(['opened', 'observed']);
    expect(clock.waiting()).toBe(0);
  });
});

describe('the tracker of today', () => {
  it('finds again what it found when it was recorded, and misses no look', async () => {
    const forgotten = tracked.map((each) => ({ ...each, faces: each.faces.map((face) => ({ ...face, track: null })) }));
    const { observed, source, finished } = play(memoryRecording(forgotten), { speed: 'max' });
    await finished;
    expect(observed).toEqual(tracked);
    expect(source.looksMissing).toBe(0);
  });

  it('counts the looks that the recording lacks', async () => {
    const blind = tracked.map((each) => ({ ...each, looks: [] }));
    const { source, finished } = play(memoryRecording(blind), { speed: 'max' });
    await finished;
    expect(source.looksMissing).toBeGreaterThan(1);
  });

  it('begins anew with each stream, and goes on counting', async () => {
    const blind = tracked.map((each) => ({ ...each, looks: [] }));
    const once = play(memoryRecording(blind), { speed: 'max' });
    await once.finished;
    const twice = play(memoryRecording(blind, blind), { speed: 'max' });
    await twice.finished;
    expect(twice.told.filter((word) => word === 'opened')).toHaveLength(2);
    expect(twice.observed.slice(blind.length)).toEqual(once.observed);
    expect(twice.source.looksMissing).toBe(2 * once.source.looksMissing);
  });
});

describe('a file', () => {
  it('whose last line a power cut truncated plays to the line before', async () => {
    const { path, recording, truncated } = await recorded('{"at":1000,"seq":10,"det');
    const { told, finished } = play(recording, { speed: 'max' });
    await finished;
    expect(told).toEqual(['opened', ...second.map(() => 'observed'), 'ended']);
    expect(truncated()).toBe(12);
    expect(path).toMatch(/jsonl$/);
  });

  it('with a broken line fails there, naming the line', async () => {
    const { path, recording } = await recorded('{"at":"soon"}\n');
    const { told, failure, finished } = play(recording, { speed: 'max' });
    await finished;
    expect(told).toEqual(['opened', ...second.map(() => 'observed'), 'failed']);
    expect(failure()).toMatchObject({ exitCode: 66, message: expect.stringContaining(`${path}:12: at:`) });
  });
});

it('fails when what is behind it does, instead of stopping silently', async () => {
  const clock = manualClock();
  const source = new RecordedSource(
    memoryRecording(second),
    { speed: 'max', followOptions: () => FOLLOW_OPTIONS },
    clock,
  );
  const failed = new Promise<Error>((resolve) => {
    source.start({
      opened: () => undefined,
      observed: () => {
        throw new Error('a bug');
      },
      away: () => undefined,
      starting: () => undefined,
      resting: () => undefined,
      ended: () => undefined,
      failed: resolve,
    });
  });
  expect(await failed).toEqual(new Error('a bug'));
});

function play(recording: Recording, { speed, clock = manualClock() }: { speed: number | 'max'; clock?: ManualClock }) {
  const told: string[] = [];
  const observed: Observation[] = [];
  let failure: Error | null = null;
  const source = new RecordedSource(recording, { speed, followOptions: () => FOLLOW_OPTIONS }, clock);
  const finished = new Promise<void>((resolve) => {
    source.start({
      opened: () => told.push('opened'),
      observed: (observation, sent) => {
        expect(sent).toBeNull();
        told.push('observed');
        observed.push(observation);
      },
      away: () => told.push('away'),
      starting: () => told.push('starting'),
      resting: () => told.push('resting'),
      ended: () => {
        told.push('ended');
        resolve();
      },
      failed: (error) => {
        told.push('failed');
        failure = error;
        resolve();
      },
    });
  });
  return { told, observed, source, clock, finished, failure: () => failure };
}

function memoryRecording(...streams: readonly (readonly Observation[])[]): Recording {
  const header: StreamHeader = headerOf();
  const items = streams.flatMap((stream, index): RecordingItem[] => [
    ...(index === 0 ? [] : [{ kind: 'header', header } as const]),
    ...stream.map((observation) => ({ kind: 'observation', observation }) as const),
  ]);
  return {
    header,
    items: (async function* () {
      yield* items;
    })(),
  };
}

async function recorded(lastLine: string) {
  const path = join(tempFolder(), 'visit.jsonl');
  const writer = createRecordingWriter(path, (error) => {
    throw error;
  });
  void writer.header(headerOf());
  for (const observation of second) void writer.observation(observation);
  await writer.close();
  appendFileSync(path, lastLine);
  let truncated: number | null = null;
  const recording = await readRecording(path, (line) => {
    truncated = line;
  });
  return { path, recording, truncated: () => truncated };
}

function turn(): Promise<void> {
  return new Promise(setImmediate);
}
