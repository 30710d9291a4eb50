// The history has no holes: longer periods are written with the minute that completes them, and nobody's time is a row of nulls.
import { describe, expect, it } from 'vitest';
import type { Rollup } from '../../src/audience/rollup.ts';
import { rollupEvent } from '../../src/contract/events.ts';
import { calendarOf } from '../../src/daemon/zoned-time.ts';
import { MINUTE_MS, part } from './parts.ts';
import { EVER, openStore } from './store-rig.ts';

const DAY = 1440;

describe('a longer period', () => {
  it('is written with the minute that completes it, and goes out after it', () => {
    const { store, outbox, close } = openStore();
    for (let minute = 45; minute < 59; minute += 1) close(minute);
    expect(store.rollups(EVER, '15m')).toEqual([]);
    expect(close(59).map(shape)).toEqual(['1m 59 r0', '15m 45 r0', '1h 0 r0 partial']);
    expect(store.rollups(EVER, '15m')).toMatchObject([
      { uptimeMs: 15 * MINUTE_MS, audience: { personMs: 15_000, entered: 15, present: 15 } },
    ]);
    expect(
      outbox
        .next(99)
        .slice(-3)
        .map(({ rollup }) => shape(rollup)),
    ).toEqual(['1m 59 r0', '15m 45 r0', '1h 0 r0 partial']);
  });

  it('is revised when a minute in it is', () => {
    const { store, close } = openStore();
    for (let minute = 0; minute < 15; minute += 1) close(minute);
    expect(close(3, 'second').map(shape)).toEqual(['1m 3 r1', '15m 0 r1']);
    expect(store.rollups(EVER, '15m')).toMatchObject([{ revision: 1, audience: { personMs: 16_000 } }]);
    expect(close(3, 'second')).toEqual([]);
  });

  it('is written at recovery, when its last minute is what a killed run left open', () => {
    const { store } = openStore();
    const closed = Array.from({ length: 14 }, (_, minute) => part(minute, 1000));
    store.commit({ closed, open: [part(14, 500)] }, 0);
    expect(store.recover(0).map(shape)).toEqual(['1m 14 r0 partial', '15m 0 r0 partial']);
  });

  it('is not written twice by the clock: an earlier minute completes nothing that has not ended', () => {
    const { close } = openStore();
    close(1_000_000);
    expect(close(3).map(shape)).toEqual(['1m 3 r0']);
    expect(close(4).map(shape)).toEqual(['1m 4 r0']);
  });
});

describe('a day', () => {
  it.each([
    ['of 23 hours where the clocks go forward', Date.UTC(2026, 2, 28, 23), 23, 1, '2026-03-29T00:00:00.000+01:00'],
    ['of 25 hours where they go back', Date.UTC(2026, 9, 24, 22), 25, 2, '2026-10-25T00:00:00.000+02:00'],
  ])('is that of the time zone: %s, with its offset in the id', (_, from, hours, offset, text) => {
    const { store, closeAll } = openStore(calendarOf('Europe/Berlin'));
    closeAll(from / MINUTE_MS, from / MINUTE_MS + hours * 60);
    const [day, ...others] = store.rollups(EVER, '1d');
    if (day === undefined) throw new Error('there is no day');
    expect(others).toEqual([]);
    expect(day).toMatchObject({ from, to: from + hours * 3_600_000, offsetMs: offset * 3_600_000, partial: false });
    expect(day.audience?.personMs).toBe(hours * 60 * 1000);
    expect(rollupEvent(day, { site: 'local', screen: 'lobby' }, false)).toMatchObject({
      id: `local/lobby/1d/${text}/0`,
      data: { from: text },
    });
    expect(store.rollups(EVER, '1h')).toHaveLength(hours);
    expect(store.rollups(EVER, '15m')).toHaveLength(4 * hours);
  });

  it.each([
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Africa/Cairo',
    'Pacific/Apia',
    'America/Santiago',
  ])('ends where the next one begins, in %s', (timezone) => {
    const calendar = calendarOf(timezone);
    let day = calendar(Date.UTC(2011, 0, 1));
    for (let count = 0; count < 800; count += 1) {
      const next = calendar(day.to);
      expect(next.from).toBe(day.to);
      expect(calendar(next.to - 1)).toEqual(next);
      day = next;
    }
  });
});

describe('a time in which no run was there', () => {
  it('becomes rows of nulls, in order, before the minute that follows it', () => {
    const { outbox, close } = openStore();
    close(10);
    const written = close(13);
    expect(written.map(shape)).toEqual(['1m 11 r0 partial', '1m 12 r0 partial', '1m 13 r0']);
    expect(written[0]).toMatchObject({ uptimeMs: 0, audience: null, to: 12 * MINUTE_MS });
    expect(outbox.next(9).map(({ rollup }) => rollup.from / MINUTE_MS)).toEqual([10, 11, 12, 13]);
  });

  it('has no beginning before the first minute', () => {
    expect(openStore().close(10).map(shape)).toEqual(['1m 10 r0']);
  });

  it('is a sequence without holes when it was shorter than a day', () => {
    const { store, close } = openStore();
    close(7);
    close(7 + DAY);
    expect(store.rollups(EVER).map(({ from }) => from / MINUTE_MS)).toEqual(range(7, 8 + DAY, 1));
    expect(store.rollups(EVER, '15m').map(({ from }) => from / MINUTE_MS)).toEqual(range(0, DAY, 15));
    expect(store.rollups(EVER, '15m').map(({ audience }) => audience !== null)).toEqual([
      true,
      ...Array.from({ length: 95 }, () => false),
    ]);
    expect(store.rollups(EVER, '1d')).toMatchObject([{ uptimeMs: MINUTE_MS, partial: true }]);
  });

  it('has minutes for its last day, and longer periods for its last month', () => {
    const { store, close } = openStore();
    close(7);
    close(60 * DAY + 7);
    expect(store.rollups(EVER).map(({ from }) => from / MINUTE_MS)).toEqual([
      7,
      ...range(59 * DAY + 7, 60 * DAY + 8, 1),
    ]);
    const days = store.rollups(EVER, '1d').map(({ from }) => from / MINUTE_MS / DAY);
    expect(days).toEqual([0, ...range(29, 60, 1)]);
    expect(store.rollups(EVER, '1h')).toHaveLength(1 + 31 * 24);
    expect(store.rollups(EVER, '1h')[0]).toMatchObject({ from: 0, audience: { personMs: 1000 } });
  });

  it('is filled once: what comes later for such a minute is a revision of it', () => {
    const { close } = openStore();
    close(10);
    close(13);
    expect(close(12, 'late').map(shape)).toEqual(['1m 12 r1']);
  });
});

it('does not let a sum shrink when its minutes have been deleted because of their age', () => {
  const { database, store, close, closeAll } = openStore();
  closeAll(0, 60);
  database.exec("DELETE FROM outbox; DELETE FROM part; DELETE FROM rollup WHERE period = '1m'");
  expect(close(3, 'second').map(shape)).toEqual(['1m 3 r0']);
  expect(store.rollups(EVER, '1h')).toMatchObject([{ revision: 0, audience: { personMs: 60_000 } }]);
});

function shape({ period, from, revision, partial }: Rollup): string {
  return `${period} ${from / MINUTE_MS} r${revision}${partial ? ' partial' : ''}`;
}

function range(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
}
