// Waits for something that may never come.
import type { Clock } from './ports.ts';

/** Resolves when the work is done, and in any case after `limitMs`; rejects when the work does. */
export async function withinMs(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> {
  let cancel = (): void => undefined;
  const tooLate = new Promise<void>((resolve) => {
    cancel = clock.after(limitMs, resolve);
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    cancel();
  }
}
