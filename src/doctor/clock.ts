// Checks the clock of the machine, by which minutes and days are stamped.
import { existsSync, statSync } from 'node:fs';
import { machineWith } from '../capture/attached/this-machine.ts';
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

/** It exists once systemd-timesyncd has set the clock: systemd-timesyncd.service(8). */
const TIMESYNC_FLAG = '/run/systemd/timesync/synchronized';

export async function clockFacts(nowAt: number): Promise<ClockFacts> {
  const machine = machineWith(process.env['PATH']);
  const answer = await machine.ask('timedatectl', ['show', '--property=NTPSynchronized', '--value']);
  const synchronized = { yes: true, no: false }[answer.trim()] ?? (existsSync(TIMESYNC_FLAG) || null);
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
