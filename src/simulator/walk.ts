// Makes the people of a group that comes: side by side and in rows they cross the picture, and may stop on their way.
import type { Coming } from './arrivals.ts';
import { FRAME, type Person, type Place } from './person.ts';
import { between, type Random, randomOf, wholeBetween } from './random.ts';
import type { Arrival } from './scenario-schema.ts';

export type GroupOptions = Readonly<{
  seed: number;
  number: number;
  firstId: number;
  /** How many are in each row of the picture. */
  crowd: readonly number[];
}>;

/** So many faces fit one below the other; whoever walks in another row is never in the way. */
export const ROWS = 6;
const ROW_PX = FRAME.height / ROWS;
/** Faces of a row keep this many of their widths apart. */
const SPACING_WIDTHS = 1.8;
const MOST_ABREAST = 4;

export function groupOf({ at, arrival }: Coming, { seed, number, firstId, crowd }: GroupOptions): readonly Person[] {
  const random = randomOf(seed, 2, number);
  const members = arrival.group.flatMap((kind) =>
    Array.from({ length: wholeBetween(kind.count, random) }, () => ({
      ageYears: between(kind.ageYears, random),
      gender: random() < kind.femaleRatio ? ('female' as const) : ('male' as const),
    })),
  );
  const width = between(arrival.faceWidthRatio, random) * FRAME.width;
  const rows = emptiestRows(crowd, Math.min(members.length, MOST_ABREAST), random);
  const columnPx = SPACING_WIDTHS * width;
  const lengthPx = columnPx * (Math.ceil(members.length / rows.length) - 1);
  const walk = drawWalk(at, lengthPx, arrival, random);
  const lookMs = between(arrival.lookSeconds, random) * 1000;
  const lookAt = random();
  return members.map((member, index) => {
    const behindPx = Math.floor(index / rows.length) * columnPx;
    const arrivesAt = walk.reaches(behindPx);
    const leavesAt = walk.reaches(behindPx + FRAME.width);
    const looks = Math.min(lookMs, leavesAt - arrivesAt);
    const looksFrom = arrivesAt + lookAt * (leavesAt - arrivesAt - looks);
    const y = ((rows[index % rows.length] ?? 0) + 0.5) * ROW_PX;
    return {
      ...member,
      id: firstId + index,
      group: number,
      arrivesAt,
      leavesAt,
      looksFrom,
      looksTo: looksFrom + looks,
      placeAt: (now) => ({ x: walk.xOf(walk.walkedPx(now) - behindPx), y, width }),
      random: randomOf(seed, 3, firstId + index),
    };
  });
}

/** The row in which somebody walks all the time. */
export function rowOf({ y }: Place): number {
  return Math.floor(y / ROW_PX);
}

/** What the first of the group has walked since the start of its walk; the others follow at fixed distances. */
type Walk = Readonly<{
  walkedPx(at: number): number;
  /** When so much has been walked. */
  reaches(walkedPx: number): number;
  xOf(walkedPx: number): number;
}>;

/** From one side to the other; a stop, if any, has the middle of the group somewhere in the middle third of the picture. */
function drawWalk(startAt: number, lengthPx: number, arrival: Arrival, random: Random): Walk {
  const pxPerMs = FRAME.width / (between(arrival.crossSeconds, random) * 1000);
  const stayMs = between(arrival.staySeconds, random) * 1000;
  const stopPx = FRAME.width * (1 / 3 + random() / 3) + lengthPx / 2;
  const isRightward = random() < 0.5;
  return {
    walkedPx: (at) => {
      const freely = (at - startAt) * pxPerMs;
      return Math.min(freely, stopPx) + Math.max(0, freely - stopPx - stayMs * pxPerMs);
    },
    reaches: (px) => startAt + px / pxPerMs + (px > stopPx ? stayMs : 0),
    xOf: (px) => (isRightward ? px : FRAME.width - px),
  };
}

/** Those with the fewest people, from top to bottom. */
function emptiestRows(crowd: readonly number[], count: number, random: Random): readonly number[] {
  return crowd
    .map((people, row) => ({ people, row, lot: random() }))
    .sort((a, b) => a.people - b.people || a.lot - b.lot)
    .slice(0, Math.max(1, count))
    .map(({ row }) => row)
    .sort((a, b) => a - b);
}
