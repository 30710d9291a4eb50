// Names one run of the daemon.

/** Short, unique enough that two runs of a screen never share it, and in order of time. `random` is 0..1. */
export function sessionId(wallAt: number, random: number): string {
  return `${wallAt.toString(36)}${Math.floor(random * 36 ** 4)
    .toString(36)
    .padStart(4, '0')}`;
}
