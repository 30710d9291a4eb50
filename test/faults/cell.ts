// Plays one fault with one broker and one version of the protocol, and measures what consumers were made to believe.
import { instantText } from '../../src/contract/instant.ts';
import { systemClock } from '../../src/daemon/clock.ts';
import { eventually } from '../support/eventually.ts';
import { endOfNews } from './news.ts';
import type { ReferenceConsumer, Told } from './reference-consumer.ts';
import { passers, type ScreenKind } from './screens.ts';
import { type BrokerKind, Stage, type StageClock } from './stage.ts';

export type Fault = Readonly<{
  name: string;
  /** What is needed before it can happen. */
  prepare?(stage: Stage): Promise<void>;
  strike(stage: Stage): unknown;
  /** Whether the audience stays known all the time. */
  isHarmless?: true;
  /** The broker, too, needs time to notice some faults. */
  noticed?(stage: Stage): Promise<unknown>;
  /** Whether this is right on `availability` once the broker has noticed; null where no broker is there to say it. */
  isRight: ((told: Told, stage: Stage) => boolean) | null;
  /** What has to be seen before it heals. */
  lasts?(stage: Stage): Promise<unknown>;
  heal?(stage: Stage): unknown;
  /** From then until the audience is known again. */
  knownWithinMs: number;
  /** What has to be seen in the end. */
  ends?(stage: Stage): Promise<unknown>;
}>;

export type Cell = Readonly<{
  fault: Fault;
  broker: BrokerKind;
  protocolVersion: 4 | 5;
  /** The quick daemon unless told. */
  screen?: () => ScreenKind;
  clock?: StageClock;
}>;

export type Figures = Readonly<{
  /** From the fault until the last consumer showed its default, or what another daemon told; null where none had to. */
  defaultMs: number | null;
  /** The same of the client that we hand out. */
  playerDefaultMs: number | null;
  /** How much longer than its time to live, by the clock of the daemon, a state was believed at worst. */
  overMs: number;
  /** From when the broker noticed until `availability` was right. */
  availabilityMs: number | null;
  /** From the healing until all know again. */
  knownMs: number;
  events: number;
  /** How old the oldest momentary event was when it was delivered. */
  latestMs: number;
  /** What came of a daemon that had to be quiet. */
  strayMessages: number;
  /** Null where the broker keeps no sessions. */
  rollups: Readonly<{ stored: number; missing: readonly string[]; repeated: number }> | null;
}>;

/** `now` and the one trigger. */
const STATES = 2;
const PATIENCE_MS = 40_000;

export async function play({
  fault,
  broker,
  protocolVersion,
  screen = () => passers,
  clock = systemClock,
}: Cell): Promise<Figures> {
  const stage = await Stage.open({ broker, protocolVersion, screen: screen(), clock });
  try {
    return await playOn(stage, fault);
  } finally {
    // Of a cell that failed nothing is to disturb the others.
    await stage.clear();
  }
}

async function playOn(stage: Stage, fault: Fault): Promise<Figures> {
  const now = () => stage.clock.monotonicNow();
  const everyoneKnows = () =>
    eventually(
      () => stage.consumers.map((one) => one.news()),
      (all) => all.every((news) => news === STATES),
      PATIENCE_MS,
    );
  await stage.startBroker();
  await stage.startScreen();
  const consumer = stage.join();
  await everyoneKnows();
  await eventually(() => stage.player.isOn, Boolean, PATIENCE_MS);
  stage.player.startPlay();
  await fault.prepare?.(stage);
  if (stage.hasNews) {
    await eventually(
      () => consumer.events.length,
      (events) => events > 0,
    );
  }

  // So that its audience is due when the fault is there.
  stage.player.endPlay();
  const struckAt = now();
  await fault.strike(stage);
  const noticed = fault.noticed?.(stage).then(now);
  const isHarmless = fault.isHarmless === true;
  if (!isHarmless) await eventually(() => hasLapsed(stage, struckAt), Boolean, PATIENCE_MS);
  const lapse = () => stage.player.firstLapseSince(struckAt);
  const lapsedAt = isHarmless ? null : await eventually(lapse, (at) => at !== null, PATIENCE_MS);
  const noticedAt = (await noticed) ?? struckAt;
  const { isRight } = fault;
  const availabilityMs = isRight && (await rightAt(consumer, struckAt, (told) => isRight(told, stage))) - noticedAt;
  await fault.lasts?.(stage);

  const healedAt = now();
  await fault.heal?.(stage);
  await everyoneKnows();
  const knownMs = now() - healedAt;
  await fault.ends?.(stage);

  const plays = () => consumer.events.filter(({ name }) => name === 'play-audience').length;
  if (isHarmless) await eventually(plays, (count) => count > 0, PATIENCE_MS);

  const { session } = stage.latest;
  await eventually(
    () => consumer.told.at(-1),
    (told) => told?.state === 'online' && told.session === session,
  );
  const beliefs = stage.consumers.flatMap((one) => one.beliefs());
  const events = stage.consumers.flatMap((one) => one.events);
  return {
    defaultMs: isHarmless ? null : lastDefaultAt(stage, struckAt) - struckAt,
    playerDefaultMs: lapsedAt && lapsedAt - struckAt,
    overMs: Math.max(...beliefs.map(({ until, trueUntil }) => until - trueUntil)),
    availabilityMs: availabilityMs && Math.max(0, availabilityMs),
    knownMs,
    events: events.length,
    latestMs: Math.max(...events.map(({ lateMs }) => lateMs)),
    strayMessages: stage.strayMessages,
    rollups: stage.keepsSessions ? await delivered(stage) : null,
  };
}

/** Whether nobody has believed the first daemon since then, be it only for a moment. */
function hasLapsed(stage: Stage, since: number): boolean {
  // Read first, since a belief that holds ends with the moment in which it is looked at.
  const now = stage.clock.monotonicNow();
  return lastDefaultAt(stage, since) < now;
}

/** When the last of them had stopped believing what the first daemon told; now where one of them still does. */
function lastDefaultAt({ consumers, first }: Stage, since: number): number {
  return Math.max(...consumers.map((consumer) => endOfNews(consumer.beliefs(), first.session, since)));
}

/** When the right word came after the last wrong one since the fault. */
async function rightAt({ told }: ReferenceConsumer, since: number, isRight: (told: Told) => boolean): Promise<number> {
  await eventually(
    () => told.at(-1),
    (last) => last !== undefined && isRight(last),
    PATIENCE_MS,
  );
  const words = told.filter(({ at }) => at >= since);
  const lastWrong = words.findLastIndex((one) => !isRight(one));
  return words[lastWrong + 1]?.at ?? since;
}

/** Everything that the last daemon has stored up to now has to come, however often. */
async function delivered({ latest, rollups }: Stage): Promise<NonNullable<Figures['rollups']>> {
  const stored = latest.home.stored().rollups;
  const missing = () => stored.filter((rollup) => !rollups.has(rollup)).map(({ from }) => instantText(from));
  await eventually(missing, (left) => left.length === 0).catch(() => undefined);
  return { stored: stored.length, missing: missing(), repeated: rollups.repeated() };
}
