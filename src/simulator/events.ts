// What happens to the camera, the broker and the clock, and when: the events of a scenario in order of time.
import type { AwayFault } from '../observation/fault.ts';
import type { Scenario } from './scenario-schema.ts';

/** Instants are milliseconds after the start. */
export type SimulatedEvent = Readonly<
  | { kind: 'camera-loss'; at: number; lastsMs: number; fault: AwayFault }
  | { kind: 'broker-loss'; at: number; lastsMs: number }
  | { kind: 'clock-jump'; at: number; byMs: number }
>;

type Recurring = Readonly<{ atSeconds: number; lastsSeconds: number; everySeconds: number | null }>;

export function* eventsOf(scenario: Scenario): Generator<SimulatedEvent, void, undefined> {
  for (let after = -1; ; ) {
    const upcoming = upcomingAfter(scenario, after);
    const next = Math.min(...upcoming.map(({ at }) => at));
    if (next === Number.POSITIVE_INFINITY) return;
    yield* upcoming.filter(({ at }) => at === next);
    after = next;
  }
}

/** The next event of each kind, if any. */
function upcomingAfter(scenario: Scenario, after: number): readonly SimulatedEvent[] {
  const events: readonly SimulatedEvent[] = [
    ...scenario.cameraLosses.map((loss) => ({
      kind: 'camera-loss' as const,
      ...timesOf(loss, after),
      fault: loss.fault,
    })),
    ...scenario.brokerLosses.map((loss) => ({ kind: 'broker-loss' as const, ...timesOf(loss, after) })),
    ...scenario.clockJumps.map(({ atSeconds, bySeconds }) => ({
      kind: 'clock-jump' as const,
      at: atSeconds * 1000,
      byMs: bySeconds * 1000,
    })),
  ];
  return events.filter(({ at }) => at > after);
}

function timesOf({ atSeconds, lastsSeconds, everySeconds }: Recurring, after: number): { at: number; lastsMs: number } {
  const first = atSeconds * 1000;
  const every = everySeconds === null ? null : everySeconds * 1000;
  const rounds = every === null || after < first ? 0 : Math.floor((after - first) / every) + 1;
  return { at: first + rounds * (every ?? 0), lastsMs: lastsSeconds * 1000 };
}
