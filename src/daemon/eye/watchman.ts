// Says what is asked of the eye: whether to see at all, by the opening hours, and at which frame rate, by the heat.
import { DAY_MS } from '../../audience/time-units.ts';
import type { Config } from '../../config/load.ts';
import type { Clock } from '../clock.ts';
import type { DeviceCondition } from '../device-condition.ts';
import { wallTimeAt } from '../zoned-time.ts';
import { COOL, noticeHeat } from './heat.ts';
import { type Opening, openingAt } from './opening-hours.ts';

export type Duty =
  | Readonly<{ isOpen: false; detail: string }>
  /** `rateRatio` is the share of the configured frame rate. */
  | Readonly<{ isOpen: true; rateRatio: number }>;

export type Watchman = Readonly<{
  duty(): Duty;
  /** As it was read last, for health. */
  condition(): DeviceCondition;
  /** Why the frame rate is halved, or would be if the source had another one; null when all is well. */
  slowedBecause(): string | null;
}>;

const CONDITION_EVERY_MS = 10_000;
export const HALF_RATE = 0.5;

/** `read` reads the condition of the device; `canHalve`: whether the source has half of its rate, too. */
export function createWatchman(
  { openingHours, timezone }: Pick<Config, 'openingHours' | 'timezone'>,
  clock: Clock,
  read: () => DeviceCondition,
  canHalve: boolean,
): Watchman {
  let condition = read();
  let readAt = clock.monotonicNow();
  let heat = noticeHeat(COOL, condition, readAt);
  /** Of the last answer: whoever never asks, as a film does not, is not slowed. */
  let isOpen = false;
  let opening: (Opening & Readonly<{ from: number }>) | null = null;

  function openingNow(): Opening {
    const now = clock.wallNow();
    // A clock that was set back is outside of what was found, too.
    if (opening === null || now < opening.from || now >= opening.until) {
      opening = { ...openingAt(openingHours, now, timezone), from: now };
    }
    return opening;
  }

  function readAnew(): void {
    const now = clock.monotonicNow();
    if (now - readAt < CONDITION_EVERY_MS) return;
    condition = read();
    readAt = now;
    heat = noticeHeat(heat, condition, now);
  }

  return {
    duty() {
      readAnew();
      const { open, until } = openingNow();
      isOpen = open;
      if (!open) return { isOpen: false, detail: `closed until ${timeText(until, clock.wallNow(), timezone)}` };
      return { isOpen: true, rateRatio: heat.halvedAt !== null && canHalve ? HALF_RATE : 1 };
    },
    condition() {
      // A film or a scenario is never on duty.
      readAnew();
      return condition;
    },
    slowedBecause: () => {
      if (!isOpen || heat.detail === null) return null;
      return canHalve ? heat.detail : `${heat.detail}; the source has one frame rate only, which stays`;
    },
  };
}

export function timeText(at: number, now: number, timezone: string): string {
  const { hour, minute } = wallTimeAt(at, timezone);
  const time = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
  if (at - now < DAY_MS) return time;
  return `${new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: timezone }).format(at)} ${time}`;
}
