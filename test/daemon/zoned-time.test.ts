// What the clock on the wall shows in another time zone.
import { expect, it } from 'vitest';
import { localTimeOf } from '../../src/daemon/zoned-time.ts';

it('is the day and the minute there, across midnight and the change to summer time', () => {
  const inBerlin = localTimeOf('Europe/Berlin');
  const shown = (...utc: Parameters<typeof Date.UTC>) => inBerlin(Date.UTC(...utc));
  expect(shown(2026, 2, 14, 9, 26, 59)).toEqual({ day: 'sat', minute: 10 * 60 + 26 });
  expect(shown(2026, 2, 14, 9, 27)).toEqual({ day: 'sat', minute: 10 * 60 + 27 });
  expect(shown(2026, 2, 14, 23, 30)).toEqual({ day: 'sun', minute: 30 });
  expect(shown(2026, 2, 29, 0, 59)).toEqual({ day: 'sun', minute: 60 + 59 });
  expect(shown(2026, 2, 29, 1, 0)).toEqual({ day: 'sun', minute: 3 * 60 });
});
