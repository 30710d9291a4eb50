// Reads the figures of the summary off a daemon that has run.
import { type Screen, topicPrefix } from '../contract/topics.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { proportionalMegabytes } from '../daemon/process-memory.ts';
import type { DemoSubscriber } from './demo-subscriber.ts';
import type { DemoSummary } from './demo-summary.ts';
import { outcomeOf } from './outcome.ts';

export type DemoFacts = Pick<
  DemoSummary,
  'source' | 'stateFolder' | 'session' | 'runningMs' | 'classifies' | 'memory'
> &
  Readonly<{ subscriber: DemoSubscriber; screen: Screen }>;

export function summaryOf({ measurement }: Daemon, { subscriber, screen, ...facts }: DemoFacts): DemoSummary {
  const prefix = `${topicPrefix(screen)}/`;
  const ours = [...subscriber.received()].filter(([topic]) => topic.startsWith(prefix));
  const messagesByTopic = Object.fromEntries(ours.map(([topic, count]) => [topic.slice(prefix.length), count]));
  const { tally, sight, costs } = measurement;
  return {
    ...facts,
    ...outcomeOf(measurement),
    framesPerSecond: sight.framesPerSecond,
    zoomChecks: tally.zoomChecks,
    messagesReceived: Object.values(messagesByTopic).reduce((sum, count) => sum + count, 0),
    messagesByTopic,
    msPerFrame: costs.means(),
  };
}

/** The newest memory figure of each process, also of those that end with their film. */
export class MemoryWatch {
  readonly #latest = new Map<string, number | null>();

  /** Proportional set sizes, so that the sum is what the processes use together. */
  sample(processes: readonly Readonly<{ name: string; pid: number }>[]): void {
    for (const { name, pid } of processes) {
      this.#latest.set(name, proportionalMegabytes(pid) ?? this.#latest.get(name) ?? null);
    }
  }

  figures(): DemoSummary['memory'] {
    return [...this.#latest].map(([process, megabytes]) => ({ process, megabytes }));
  }
}
