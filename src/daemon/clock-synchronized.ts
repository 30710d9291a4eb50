// Asks whether a time server has set the clock of this machine.
import { existsSync } from 'node:fs';
import type { Machine } from '../capture/attached/attached-camera.ts';

/** It exists once systemd-timesyncd has set the clock: systemd-timesyncd.service(8). */
const TIMESYNC_FLAG = '/run/systemd/timesync/synchronized';

/** Null where nobody tells, as in a container. */
export async function isClockSynchronized(
  { ask }: Pick<Machine, 'ask'>,
  exists: (path: string) => boolean = existsSync,
): Promise<boolean | null> {
  // The word of the kernel, whichever program disciplines it: timedatectl(1).
  const answer = await ask('timedatectl', ['show', '--property=NTPSynchronized', '--value']);
  return { yes: true, no: false }[answer.trim()] ?? (exists(TIMESYNC_FLAG) || null);
}
