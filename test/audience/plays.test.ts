// What a play is credited with: the presence between its start and its end, whenever that becomes certain.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endStream, observe, openStream } from '../../src/audience/observe.ts';
import {
  closePlays,
  creditPlays,
  endPlay,
  NO_PLAYS,
  type PlayAudience,
  shiftPlays,
  startPlay,
} from '../../src/audience/plays.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { arbitraryScript, endOf, filmOf } from '../support/arbitrary-film.ts';
import { measure, OPTIONS, total } from '../support/measure-audience.ts';
import { longestConfirmationMs } from '../support/naive-audience.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

type Told = Readonly<{ at: number; playId: string; ends?: boolean }>;

const NOON = headerOf().wallAtZero;
const LIMITS = { lagMs: 1000, watcherMs: OPTIONS.watcherMs };
const HOUR_MS = 3_600_000;

describe('the audience of a play', () => {
  it('is who was there between its start and its end, with the part of their time that lies there', () => {
    const visitors = [
      walkPast({ from: 1000, until: 9000, looksAt: [3000, 8000] }),
      walkPast({ from: 4000, until: 4800, track: 2 }),
      walkPast({ from: 7500, until: 9000, track: 3 }),
    ];
    expect(show(film(visitors), [start(2000, 'p'), end(7000, 'p')])).toEqual([
      {
        playId: 'p',
        content: 'spring',
        startedAt: NOON + 2000,
        lengthMs: 5000,
        uptimeMs: 5000,
        audience: { personMs: 5800, attentionMs: 4000, present: 2, watchers: 1 },
      },
    ]);
  });

  it('counts as watchers those who attended during the play, not before it', () => {
    const looker = walkPast({ from: 0, until: 9000, looksAt: [500, 5500] });
    const [early, late] = show(film([looker]), [
      start(1000, 'early'),
      end(5000, 'early'),
      start(5000, 'late'),
      end(8000, 'late'),
    ]);
    expect([early?.audience?.watchers, late?.audience?.watchers]).toEqual([1, 0]);
  });

  it('has what is confirmed or closed as a gap only after its end', () => {
    const late = walkPast({ from: 4900, until: 6000 });
    const missed = walkPast({ from: 2000, until: 7000, hidden: [[4500, 5300]], track: 2 });
    const [play] = show(film([late, missed]), [start(0, 'p'), end(5000, 'p')]);
    expect(play?.audience).toMatchObject({ personMs: 100 + 3000, present: 2 });
  });

  it('is unknown when nothing could be observed, and empty when nobody came', () => {
    const shooting = { until: 20_000, cameraAt: (at: number) => (at < 10_000 ? ('dark' as const) : ('ok' as const)) };
    const tells = [start(1000, 'dark'), end(5000, 'dark'), start(11_000, 'empty'), end(15_000, 'empty')];
    expect(show(film([], shooting), tells)).toMatchObject([
      { playId: 'dark', uptimeMs: 0, audience: null },
      { playId: 'empty', uptimeMs: 4000, audience: { personMs: 0, attentionMs: 0, present: 0, watchers: 0 } },
    ]);
  });

  it('adds up over plays that follow each other to what the periods hold', () => {
    const borders = fc.uniqueArray(fc.integer({ min: 1, max: 12_000 }), { maxLength: 5 });
    fc.assert(
      fc.property(arbitraryScript({ frames: 120, tracks: 3 }), borders, (script, cuts) => {
        const film = filmOf(script);
        const times = [0, ...cuts.filter((cut) => cut < endOf(script)).sort((a, b) => a - b), endOf(script) + 5000];
        const tells = times
          .slice(1)
          .flatMap((to, index) => [start(times[index] ?? 0, `${index}`), end(to, `${index}`)]);
        const plays = show(film, tells);
        const { parts } = measure(film);
        expect(plays).toHaveLength(times.length - 1);
        expect(sum(plays, ({ uptimeMs }) => uptimeMs)).toBe(sum(parts, ({ uptimeMs }) => uptimeMs));
        const isLate = longestConfirmationMs(script) > LIMITS.lagMs;
        for (const amount of ['personMs', 'attentionMs'] as const) {
          const told = sum(plays, ({ audience }) => audience?.[amount] ?? 0);
          expect(told).toBeLessThanOrEqual(total(parts, amount));
          // What is confirmed later than anything waits is credited to no play that is over (decision 2).
          if (!isLate) expect(told).toBe(total(parts, amount));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a message of the player', () => {
  it('changes nothing when it is delivered again, even after the play was told', () => {
    const visitor = walkPast({ from: 0, until: 9000 });
    const again = [
      start(1000, 'p'),
      start(1500, 'p'),
      end(3000, 'p'),
      end(3500, 'p'),
      start(5000, 'p'),
      end(8000, 'p'),
    ];
    const once = [start(1000, 'p'), end(3000, 'p')];
    expect(show(film([visitor]), again)).toEqual(show(film([visitor]), once));
  });

  it('is refused when it ends what was never started', () => {
    expect(endPlay(NO_PLAYS, 'p', 1000)).toBeNull();
  });

  it('ends a play that has no length, where the clock of the stream stands still', () => {
    expect(show(film([], { until: 4000 }), [start(1000, 'p'), end(1000, 'p')])).toMatchObject([{ lengthMs: 0 }]);
  });
});

it('plays that were told by another clock keep their lengths, and the time of day at which they began', () => {
  const running = startPlay(NO_PLAYS, { playId: 'running', content: 'c', from: 5000, wallAt: NOON });
  const both = startPlay(running, { playId: 'over', content: 'c', from: 6000, wallAt: NOON + 1000 });
  const shifted = shiftPlays(endPlay(both, 'over', 8000) ?? both, -7000);
  expect(shifted.open).toMatchObject([
    { playId: 'running', from: -2000, to: null, wallAt: NOON },
    { playId: 'over', from: -1000, to: 1000, wallAt: NOON + 1000 },
  ]);
});

describe('plays that never end', () => {
  const started = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ playId: `${index}`, content: 'c', from: index, wallAt: index }));

  it('are forgotten after four hours, and their end is then refused', () => {
    const plays = startPlay(NO_PLAYS, { playId: 'p', content: 'c', from: 0, wallAt: 0 });
    expect(closePlays(plays, 4 * HOUR_MS, LIMITS).plays.open).toHaveLength(1);
    const forgotten = closePlays(plays, 4 * HOUR_MS + 1, LIMITS);
    expect(forgotten).toEqual({ plays: { ...NO_PLAYS, forgotten: 1 }, closed: [] });
    expect(endPlay(forgotten.plays, 'p', 4 * HOUR_MS + 2)).toBeNull();
  });

  it('are forgotten when sixteen others have started since', () => {
    const plays = started(17).reduce(startPlay, NO_PLAYS);
    expect(plays.open.map(({ playId }) => playId)).toEqual(
      started(17)
        .map(({ playId }) => playId)
        .slice(1),
    );
  });

  it('are forgotten before any that has ended and waits for what may still be credited', () => {
    const first = endPlay(startPlay(NO_PLAYS, { playId: 'ended', content: 'c', from: 0, wallAt: 0 }), 'ended', 900);
    const plays = started(17).reduce(startPlay, first ?? NO_PLAYS);
    expect([plays.open.length, plays.forgotten]).toEqual([17, 1]);
    expect(closePlays(plays, 900 + LIMITS.lagMs, LIMITS).closed).toMatchObject([{ playId: 'ended', lengthMs: 900 }]);
  });

  it('and a flood of those that do leaves no more than a hundred that wait', () => {
    const plays = started(150).reduce((all, play) => endPlay(startPlay(all, play), play.playId, 500) ?? all, NO_PLAYS);
    expect([plays.open.length, plays.forgotten]).toEqual([100, 50]);
  });

  it('and those that do leave nothing that grows', () => {
    const plays = started(1200).reduce((all, play) => {
      const ended = endPlay(startPlay(all, play), play.playId, play.from);
      return closePlays(ended ?? all, play.from + LIMITS.lagMs, LIMITS).plays;
    }, NO_PLAYS);
    expect([plays.open.length, plays.over.length]).toEqual([0, 1000]);
  });
});

function start(at: number, playId: string): Told {
  return { at, playId };
}

function end(at: number, playId: string): Told {
  return { at, playId, ends: true };
}

/** Runs the film, tells of the plays at their times, and ends the stream. */
function show(observations: readonly Observation[], tells: readonly Told[]): readonly PlayAudience[] {
  let state = openStream(null, headerOf(), OPTIONS);
  let plays = NO_PLAYS;
  let left = tells;
  const told: PlayAudience[] = [];
  const tellUntil = (at: number) => {
    for (; left[0] !== undefined && left[0].at <= at; left = left.slice(1)) {
      const { at: from, playId, ends } = left[0];
      if (ends === true) plays = endPlay(plays, playId, from) ?? plays;
      else plays = startPlay(plays, { playId, content: 'spring', from, wallAt: NOON + from });
    }
  };
  for (const observation of observations) {
    tellUntil(observation.at);
    const step = observe(state, observation, OPTIONS);
    state = step.state;
    const { plays: open, closed } = closePlays(creditPlays(plays, step), observation.at, LIMITS);
    plays = open;
    told.push(...closed);
  }
  const last = (observations.at(-1)?.at ?? 0) + 100;
  const step = endStream(state, last, OPTIONS);
  tellUntil(Number.POSITIVE_INFINITY);
  return [...told, ...closePlays(creditPlays(plays, step), Number.POSITIVE_INFINITY, LIMITS).closed];
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((all, item) => all + amount(item), 0);
}
