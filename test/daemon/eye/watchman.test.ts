// What is asked of the eye: rest outside the opening hours, half the rate while the device is hot.
import { describe, expect, it } from 'vitest';
import type { DeviceCondition } from '../../../src/daemon/device-condition.ts';
import { COOL, noticeHeat } from '../../../src/daemon/eye/heat.ts';
import { createWatchman } from '../../../src/daemon/eye/watchman.ts';
import { manualClock } from '../../support/manual-clock.ts';

const FINE: DeviceCondition = { temperatureCelsius: 50, throttled: false, undervoltage: false };
const UNKNOWN: DeviceCondition = { temperatureCelsius: null, throttled: null, undervoltage: null };

describe('heat', () => {
  it.each([
    [{ ...FINE, temperatureCelsius: 79.9 }, null],
    [UNKNOWN, null],
    [{ ...FINE, temperatureCelsius: 80 }, 'it is hotter than 80 °C, and not below 70 °C since'],
    [{ ...FINE, throttled: true }, 'the processor is slowed down'],
    [{ ...FINE, throttled: true, undervoltage: true }, 'the power supply is too weak'],
  ])('of %j halves the rate because of: %s', (condition, detail) => {
    expect(noticeHeat(COOL, condition, 0).detail).toBe(detail);
  });

  it('ends well below the limit, and not before five minutes', () => {
    const hot = noticeHeat(COOL, { ...FINE, temperatureCelsius: 81 }, 1000);
    expect(noticeHeat(hot, FINE, 300_999).halvedAt).toBe(1000);
    expect(noticeHeat(hot, FINE, 301_000)).toEqual(COOL);
    expect(noticeHeat(hot, { ...FINE, temperatureCelsius: 71 }, 900_000)).toMatchObject({ halvedAt: 1000 });
  });
});

describe('the watchman', () => {
  const shop = { openingHours: [{ days: ['sat' as const], from: '08:00', to: '20:00' }], timezone: 'Europe/Berlin' };

  it('lets the eye rest until the screen opens, and says until when', () => {
    // A Saturday.
    const clock = manualClock(Date.parse('2026-03-14T07:59:00+01:00'));
    const watchman = createWatchman(shop, clock, () => FINE, true);
    expect(watchman.duty()).toEqual({ isOpen: false, detail: 'closed until 08:00' });
    clock.advance(60_000);
    expect(watchman.duty()).toEqual({ isOpen: true, rateRatio: 1 });
    clock.advance(12 * 3_600_000);
    expect(watchman.duty()).toMatchObject({ isOpen: false });
  });

  it('goes on reading the condition while the screen is closed, in which nothing is slowed', () => {
    const clock = manualClock(Date.parse('2026-03-14T21:00:00+01:00'));
    let condition: DeviceCondition = { ...FINE, temperatureCelsius: 90 };
    const watchman = createWatchman(shop, clock, () => condition, true);
    expect(watchman.duty()).toEqual({ isOpen: false, detail: 'closed until Saturday 08:00' });
    expect(watchman.slowedBecause()).toBeNull();
    condition = FINE;
    clock.advance(10_000);
    watchman.duty();
    expect(watchman.condition().temperatureCelsius).toBe(50);
  });

  it('reads the condition also where no eye is on duty, as with a film', () => {
    const clock = manualClock();
    let condition = FINE;
    const watchman = createWatchman(shop, clock, () => condition, true);
    condition = { ...FINE, temperatureCelsius: 70 };
    clock.advance(10_000);
    expect(watchman.condition().temperatureCelsius).toBe(70);
  });

  it('looks again when the clock was set back', () => {
    let wallAt = Date.parse('2026-03-14T12:00:00+01:00');
    const clock = { ...manualClock(), wallNow: () => wallAt };
    const watchman = createWatchman(shop, clock, () => FINE, true);
    expect(watchman.duty()).toMatchObject({ isOpen: true });
    wallAt = Date.parse('2026-03-13T12:00:00+01:00');
    expect(watchman.duty()).toMatchObject({ isOpen: false });
  });

  it('reads the condition every ten seconds and halves the rate', () => {
    const { watchman, clock } = heated(true);
    clock.advance(9000);
    expect(watchman.duty()).toEqual({ isOpen: true, rateRatio: 1 });
    clock.advance(1000);
    expect(watchman.duty()).toEqual({ isOpen: true, rateRatio: 0.5 });
    expect(watchman.slowedBecause()).toMatch(/^it is hotter than 80 °C/);
    expect(watchman.condition().temperatureCelsius).toBe(85);
  });

  it('leaves a source that has one rate only at it, and says so', () => {
    const { watchman, clock } = heated(false);
    clock.advance(10_000);
    expect(watchman.duty()).toEqual({ isOpen: true, rateRatio: 1 });
    expect(watchman.slowedBecause()).toMatch(
      /^it is hotter than 80 °C.*; the source has one frame rate only, which stays$/,
    );
  });
});

/** Before a device that has become hot since it was read. */
function heated(canHalve: boolean) {
  const clock = manualClock();
  let condition = FINE;
  const watchman = createWatchman({ openingHours: null, timezone: 'UTC' }, clock, () => condition, canHalve);
  condition = { ...FINE, temperatureCelsius: 85 };
  return { watchman, clock };
}
