// Checks the clock of the machine, by which minutes and days are stamped.
import { statSync } from 'node:fs';
import { machineWith } from '../capture/attached/this-machine.ts';
import { isClockSynchronized } from '../daemon/clock-synchronized.ts';
import { MANIFEST_PATH } from '../daemon/installation.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export type ClockFacts = Readonly<{
  /** Unix time. */
  nowAt: number;
  /** When this program was made, before which it cannot be. */
  madeAt: number;
  /** Null where nobody tells. */
  synchronized: boolean | null;
}>;

export async function clockFacts(nowAt: number): Promise<ClockFacts> {
  const synchronized = await isClockSynchronized(machineWith(process.env['PATH']));
  return { nowAt, madeAt: statSync(MANIFEST_PATH).mtimeMs, synchronized };
}

export function judgeClock({ nowAt, madeAt, synchronized }: ClockFacts): Finding {
  const now = new Date(nowAt).toISOString();
  if (nowAt < madeAt) {
    return fail('clock', `it is ${now}, and this program was made later`, `set the clock: ${SYNCHRONIZE}`);
  }
  if (synchronized === true) return ok('clock', `it is ${now}, synchronized`);
  return synchronized === false
    ? warn('clock', `it is ${now}, not synchronized`, SYNCHRONIZE)
    : warn('clock', `it is ${now}; whether it is synchronized nobody tells`, 'compare it with another clock');
}

const SYNCHRONIZE = 'timedatectl set-ntp true, and let the box reach a time server (or give it a battery clock)';
