// A day with five hundred faults: the minutes that were whole are those of an undisturbed day, and the others are short, never long.
import { describe, expect, it } from 'vitest';
import type { PeriodPart } from '../../../src/audience/rollup.ts';
import { Eye } from '../../../src/daemon/eye/eye.ts';
import { AWAY_FAULTS, PICTURE_FAULTS } from '../../../src/observation/fault.ts';
import { type HousekeepingRig, housekeepingRig } from '../housekeeping-rig.ts';
import { type Passer, PERIOD_MS, type Trouble, troubledCamera } from './troubled-camera.ts';

const DAY_MS = 86_400_000;
const FAULTS = 500;
const LONGEST_FAULT_MS = 240_000;
const MINUTE_MS = 60_000;
/** The longest interval of one frame; a picture that freezes is noticed sooner. */
const LAST_FRAME_MS = 2.5 * PERIOD_MS;
const SEED = Number(process.env['ONLOOKER_SEED'] ?? 20_261_128);

const random = mulberry(SEED);
const people = passers();
const troubles = faults();
const undisturbed = await day([]);
const disturbed = await day(troubles);

describe(`a day with ${FAULTS} faults (ONLOOKER_SEED=${SEED})`, () => {
  it('has a row for every minute, and none twice', () => {
    const minutes = disturbed.store.closed().map(({ from }) => from);
    expect(new Set(minutes).size).toBe(minutes.length);
    expect(minutes).toEqual(undisturbed.store.closed().map(({ from }) => from));
  });

  it('has the same person-seconds in every whole minute between whole ones', () => {
    const minutes = paired().filter(({ before, part, after }) => [before, part, after].every(isWhole));
    expect(minutes.length).toBeGreaterThan(200);
    for (const { part, truth } of minutes) expect(personMs(part)).toBe(personMs(truth));
  });

  it('has in no minute more than the undisturbed day, but for what the last frame before a fault speaks for', () => {
    for (const { part, truth } of paired()) {
      const met = troubles.filter(({ from, until }) => overlapMs(part, from - LAST_FRAME_MS, until + PERIOD_MS) > 0);
      const there = people.filter(({ from, until }) => overlapMs(part, from, until + LAST_FRAME_MS) > 0);
      expect(personMs(part)).toBeLessThanOrEqual(personMs(truth) + met.length * LAST_FRAME_MS * there.length);
      expect(part.uptimeMs).toBeLessThanOrEqual(truth.uptimeMs);
    }
  });

  it('knows nothing of minutes in which a fault was there all the time', () => {
    const dead = paired().filter(({ part }) =>
      troubles.some(({ fault, from, until }) => fault !== 'frozen' && overlapMs(part, from, until) === MINUTE_MS),
    );
    expect(dead.length).toBeGreaterThan(50);
    for (const { part } of dead) expect([part.uptimeMs, part.cells]).toEqual([0, []]);
  });

  it('has an end for every alert, each kind of them, and goes on to the end of the day', () => {
    const alerts = disturbed.publisher.messages.alert;
    const on = alerts.filter((alert) => alert.on).map(({ alert, since }) => `${alert} ${since}`);
    const off = alerts.filter((alert) => !alert.on).map(({ alert, since }) => `${alert} ${since}`);
    expect([...new Set(off)].sort()).toEqual([...new Set(on)].sort());
    expect([...new Set(alerts.map(({ alert }) => alert))].sort()).toEqual([...AWAY_FAULTS, ...PICTURE_FAULTS].sort());
    expect(disturbed.measurement.sight).toMatchObject({ health: 'ok', fault: null });
    expect(disturbed.settled).toEqual([]);
  });
});

async function day(troublesOfTheDay: readonly Trouble[]): Promise<HousekeepingRig> {
  const rig = housekeepingRig();
  const { clock, log } = rig;
  const lens = troubledCamera(people, troublesOfTheDay, clock);
  const eye = new Eye(
    {
      lens: () => lens,
      duty: () => ({ isOpen: true, rateRatio: 1 }),
      exists: () => true,
      wallAtMonotonicZero: clock.wallNow(),
      maxSensorMegabytes: Number.POSITIVE_INFINITY,
    },
    clock,
    log.logger,
    random,
  );
  eye.start(rig.source);
  for (let passed = 0; passed < DAY_MS; passed += PERIOD_MS) {
    clock.advance(PERIOD_MS);
    // The end of a pair is a promise.
    await undefined;
  }
  await eye.stop();
  return rig;
}

type Minute = Readonly<{ before: PeriodPart; part: PeriodPart; after: PeriodPart; truth: PeriodPart }>;

/** All but the first and the last minute. */
function paired(): readonly Minute[] {
  const truths = undisturbed.store.closed();
  return disturbed.store.closed().flatMap((part, index, parts) => {
    const [before, after, truth] = [parts[index - 1], parts[index + 1], truths[index]];
    return before && after && truth ? [{ before, part, after, truth }] : [];
  });
}

function isWhole({ uptimeMs }: PeriodPart): boolean {
  return uptimeMs === MINUTE_MS;
}

function personMs({ cells }: PeriodPart): number {
  return cells.reduce((sum, cell) => sum + cell.personMs, 0);
}

function overlapMs(part: PeriodPart, from: number, until: number): number {
  const zero = undisturbedZero();
  return Math.max(0, Math.min(part.to - zero, until) - Math.max(part.from - zero, from));
}

/** The wall clock of the rigs at the beginning of the day. */
function undisturbedZero(): number {
  return undisturbed.header().wallAtZero;
}

function passers(): readonly Passer[] {
  return Array.from({ length: 1500 }, () => {
    const from = Math.floor(random() * DAY_MS);
    return { from, until: from + 2000 + Math.floor(random() * 58_000), x: 60 + Math.floor(random() * 500) };
  });
}

function faults(): readonly Trouble[] {
  const kinds = [...AWAY_FAULTS, ...PICTURE_FAULTS];
  return Array.from({ length: FAULTS }, (_, index) => {
    // Whole frames, and a well camera at the beginning and at the end of the day.
    const from = PERIOD_MS * Math.floor((60_000 + random() * (DAY_MS - 600_000)) / PERIOD_MS);
    const lasts = PERIOD_MS * Math.ceil((random() ** 3 * LONGEST_FAULT_MS) / PERIOD_MS);
    return { from, until: from + Math.max(PERIOD_MS, lasts), fault: kinds[index % kinds.length] ?? 'hung' };
  }).sort((a, b) => a.from - b.from);
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
