// Decides when the frame rate is halved so that a hot, throttled or weakly powered device can recover.
import type { DeviceCondition } from '../device-condition.ts';

export type Heat = Readonly<{
  /** Since when the rate is halved (monotonic milliseconds); null while it is not. */
  halvedAt: number | null;
  /** Why, in words; null while it is not. */
  detail: string | null;
}>;

export const COOL: Heat = { halvedAt: null, detail: null };

/** A Raspberry Pi slows itself down from 80 °C on (its documentation, "Frequency management and thermal control"). */
const HOT_CELSIUS = 80;
const COOL_CELSIUS = 70;
/** The rate changes by a restart of the camera, which costs a second of measurement. */
const LEAST_HALVED_MS = 300_000;

/** `now` is monotonic. */
export function noticeHeat(heat: Heat, condition: DeviceCondition, now: number): Heat {
  const detail = trouble(condition, heat.halvedAt === null ? HOT_CELSIUS : COOL_CELSIUS);
  if (detail !== null) return { halvedAt: heat.halvedAt ?? now, detail };
  if (heat.halvedAt === null || now - heat.halvedAt >= LEAST_HALVED_MS) return COOL;
  return heat;
}

/** The same words as long as it lasts: the degrees are in health. */
function trouble({ temperatureCelsius, throttled, undervoltage }: DeviceCondition, limit: number): string | null {
  if (undervoltage === true) return 'the power supply is too weak';
  if (temperatureCelsius !== null && temperatureCelsius >= limit)
    return `it is hotter than ${HOT_CELSIUS} °C, and not below ${COOL_CELSIUS} °C since`;
  return throttled === true ? 'the processor is slowed down' : null;
}
