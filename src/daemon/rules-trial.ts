// Tries the rules of a configuration on a source: the real measurement and the real decisions, without broker and database.
import type { Config } from '../config/load.ts';
import type { PayloadOf } from '../contract/topics.ts';
import type { StreamHeader } from '../observation/observation.ts';
import { beatMs } from './beat.ts';
import type { Clock } from './clock.ts';
import { audienceOptions } from './component-options.ts';
import { createLogger } from './logger.ts';
import { Measurement } from './measurement/measurement.ts';
import type { PublisherPort } from './measurement/ports.ts';
import { targetingOptions } from './measurement/targeting-options.ts';
import { Triggers } from './measurement/triggers.ts';
import type { ObservationSource } from './observation-source.ts';

/** A trigger came on or went off: so long after the start, and at that Unix time of the audience. */
export type Turn = Readonly<{ elapsedMs: number; wallAt: number; trigger: string; on: boolean; reason: string }>;

export type Trial = Readonly<{ startWallAt: number; lastsMs: number; frames: number; turns: readonly Turn[] }>;

export type TrialSetup = Readonly<{
  config: Config;
  session: string;
  /** Of the source as well. */
  clock: Clock;
  source: ObservationSource;
}>;

/** Resolves at the end of the source; rejects when it is broken. */
export async function tryRules({ config, session, clock, source }: TrialSetup): Promise<Trial> {
  const { ttlMs } = config.mqtt;
  const turns: Turn[] = [];
  const isOn = new Map<string, boolean>();
  let header: StreamHeader | null = null;
  /** How far the time of the audience is ahead of our clock; null while that is our own. */
  let aheadMs: number | null = null;
  let startWallAt: number | null = null;
  const wallNow = () => (aheadMs === null ? clock.wallNow() : clock.preciseNow() + aheadMs);
  const take = ({ trigger, on, reason }: PayloadOf<'trigger'>) => {
    if (on !== (isOn.get(trigger) ?? false)) {
      turns.push({ elapsedMs: clock.preciseNow(), wallAt: wallNow(), trigger, on, reason });
    }
    isOn.set(trigger, on);
  };
  const publisher: PublisherPort = {
    // The payload belongs to the topic, which the types do not tell once they are apart.
    publish: (topic, payload) => topic === 'trigger' && take(payload as PayloadOf<'trigger'>),
    drain: () => undefined,
  };
  const targeting = targetingOptions(config.triggers);
  const triggers = new Triggers({ targeting, timezone: config.timezone, session, ttlMs }, { clock, publisher });
  const measurement = new Measurement(
    { audience: audienceOptions(config), screen: config, session, ttlMs, commitEveryMs: config.store.commitEveryMs },
    { clock, publisher, triggers, logger: createLogger('silent', 2), recorder: null, store: { commit: () => [] } },
  );
  const stopBeats = clock.every(beatMs(ttlMs), () => measurement.beat());
  try {
    await new Promise<void>((resolve, reject) => {
      source.start({
        opened: (opened) => {
          header = opened;
          measurement.opened(opened);
        },
        observed: (observation, sent) => {
          aheadMs = sent !== null || header === null ? null : header.wallAtZero + observation.at - clock.preciseNow();
          startWallAt ??= wallNow() - clock.preciseNow();
          measurement.observed(observation, sent);
        },
        away: (fault, detail) => measurement.away(fault, detail),
        starting: () => measurement.starting(),
        resting: (detail) => measurement.resting(detail),
        ended: resolve,
        failed: reject,
      });
    });
  } finally {
    stopBeats();
    await source.stop();
  }
  const { frames } = measurement.sight;
  return { startWallAt: startWallAt ?? clock.wallNow(), lastsMs: clock.preciseNow(), frames, turns };
}
