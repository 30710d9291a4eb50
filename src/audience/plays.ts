// Measures the audience of what the player shows, between the two moments at which the player tells of it.
import type { Step } from './observe.ts';
import { HOUR_MS } from './time-units.ts';

/** Instants are those of the stream's clock, milliseconds, but for `wallAt`. */
export type Plays = Readonly<{
  open: readonly OpenPlay[];
  /** The ids of the latest that ended, so that a message that is delivered twice begins and ends nothing anew. */
  over: readonly string[];
  /** How many were given up, so that their audience is never told. */
  forgotten: number;
}>;

type OpenPlay = Readonly<{
  playId: string;
  content: string;
  from: number;
  /** Unix time of `from`. */
  wallAt: number;
  /** Null while it is shown. */
  to: number | null;
  uptimeMs: number;
  viewers: ReadonlyMap<string, Amounts>;
}>;

type Amounts = Readonly<{ personMs: number; attentionMs: number }>;

export type PlayAudience = Readonly<{
  playId: string;
  content: string;
  /** Unix time, milliseconds. */
  startedAt: number;
  lengthMs: number;
  uptimeMs: number;
  /** Null when there was no healthy frame: unknown is not zero. */
  audience: Readonly<{ personMs: number; attentionMs: number; present: number; watchers: number }> | null;
}>;

export const NO_PLAYS: Plays = { open: [], over: [], forgotten: 0 };

/** A guess: a player shows a few things at once, and more are of one that does not say when they end. */
const MAX_RUNNING = 16;
/** A guess: those that have ended wait for a second or two, and nobody shows so many in that time. */
const MAX_WAITING = 100;
/** A guess: what is shown for longer is no play of an advertisement, or its end was lost. */
const MAX_LENGTH_MS = 4 * HOUR_MS;
/** A guess: a day of a new play every minute and a half. A message that is delivered twice comes again much sooner. */
const MAX_OVER = 1000;

/** The player has begun to show it at `from`, which is `wallAt` by the clock on the wall. */
export function startPlay(plays: Plays, play: Pick<OpenPlay, 'playId' | 'content' | 'from' | 'wallAt'>): Plays {
  if (plays.over.includes(play.playId) || plays.open.some(({ playId }) => playId === play.playId)) return plays;
  const open = [...plays.open, { ...play, to: null, uptimeMs: 0, viewers: new Map<string, Amounts>() }];
  return bounded({ ...plays, open }, ({ to }) => to === null, MAX_RUNNING);
}

/** The player has shown it until `to`; null when nothing is known of its start. */
export function endPlay(plays: Plays, playId: string, to: number): Plays | null {
  if (plays.over.includes(playId)) return plays;
  if (!plays.open.some((play) => play.playId === playId)) return null;
  const open = plays.open.map((play) => (play.playId === playId ? { ...play, to: Math.max(play.from, to) } : play));
  const over = [...plays.over, playId].slice(-MAX_OVER);
  return bounded({ ...plays, open, over }, (play) => play.to !== null, MAX_WAITING);
}

/** The same plays on a clock that shows `byMs` more. */
export function shiftPlays(plays: Plays, byMs: number): Plays {
  const shifted = (play: OpenPlay) => ({
    ...play,
    from: play.from + byMs,
    to: play.to === null ? null : play.to + byMs,
  });
  return { ...plays, open: plays.open.map(shifted) };
}

/** Without the oldest of some sort where there is one more than there may be. */
function bounded(plays: Plays, isOfSort: (play: OpenPlay) => boolean, most: number): Plays {
  const [oldest, ...others] = plays.open.filter(isOfSort);
  if (others.length < most) return plays;
  return { ...plays, open: plays.open.filter((play) => play !== oldest), forgotten: plays.forgotten + 1 };
}

/** Adds what a step has made certain; of a play that has ended, it may come later by a gap or a confirmation. */
export function creditPlays(plays: Plays, { credits, uptime, state }: Step): Plays {
  if (plays.open.length === 0 || (uptime === null && credits.length === 0)) return plays;
  const { wallAtZero } = state.header;
  return {
    ...plays,
    open: plays.open.map((play) => {
      const viewers = new Map(play.viewers);
      for (const { viewer, from, to, attending } of credits) {
        const ms = overlapMs(play, from - wallAtZero, to - wallAtZero);
        if (ms === 0) continue;
        const { personMs, attentionMs } = viewers.get(viewer.id) ?? { personMs: 0, attentionMs: 0 };
        viewers.set(viewer.id, { personMs: personMs + ms, attentionMs: attentionMs + (attending ? ms : 0) });
      }
      const uptimeMs = play.uptimeMs + (uptime === null ? 0 : overlapMs(play, uptime.from, uptime.to));
      return { ...play, uptimeMs, viewers };
    }),
  };
}

/** Without those that are still shown. */
export function endedPlays(plays: Plays): Plays {
  return { ...plays, open: plays.open.filter(({ to }) => to !== null) };
}

/** Takes out the plays whose end lies so far back at `at` that nothing can come any more, and forgets those that never end. */
export function closePlays(
  plays: Plays,
  at: number,
  { lagMs, watcherMs }: Readonly<{ lagMs: number; watcherMs: number }>,
): Readonly<{ plays: Plays; closed: readonly PlayAudience[] }> {
  const isClosed = ({ to }: OpenPlay) => to !== null && at >= to + lagMs;
  const isLost = ({ from, to }: OpenPlay) => to === null && at - from > MAX_LENGTH_MS;
  const open = plays.open.filter((play) => !isClosed(play) && !isLost(play));
  if (open.length === plays.open.length) return { plays, closed: [] };
  const closed = plays.open.filter(isClosed).map((play) => audienceOf(play, watcherMs));
  const forgotten = plays.forgotten + plays.open.filter(isLost).length;
  return { plays: { ...plays, open, forgotten }, closed };
}

function audienceOf({ playId, content, from, to, wallAt, uptimeMs, viewers }: OpenPlay, watcherMs: number) {
  const all = [...viewers.values()];
  return {
    playId,
    content,
    startedAt: wallAt,
    lengthMs: (to ?? from) - from,
    uptimeMs,
    audience:
      uptimeMs === 0
        ? null
        : {
            personMs: all.reduce((sum, { personMs }) => sum + personMs, 0),
            attentionMs: all.reduce((sum, { attentionMs }) => sum + attentionMs, 0),
            present: all.length,
            watchers: all.filter(({ attentionMs }) => attentionMs >= watcherMs).length,
          },
  };
}

function overlapMs(play: Pick<OpenPlay, 'from' | 'to'>, from: number, to: number): number {
  return Math.max(0, Math.min(to, play.to ?? to) - Math.max(from, play.from));
}
