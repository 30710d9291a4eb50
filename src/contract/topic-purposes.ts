// Says in words what each topic is for and how its name ends, for everything that is generated from the contract.
import { PERIODS } from '../audience/rollup.ts';
import { ALERT_NAMES } from './alerts.ts';
import type { TopicName } from './topics.ts';

export const PURPOSES: Readonly<Record<TopicName, string>> = {
  availability: 'whether the daemon is there; `offline` is its will, which the broker publishes when it is lost',
  info: 'how the numbers come about: nets, age groups, thresholds, privacy policy',
  now: 'who is present now; on every change, and at least every third of `ttlMs`',
  viewer: 'one viewer entered, was described, or left',
  trigger: 'one decision for the player, on `trigger/<name>`; on every change, and at least every third of `ttlMs`',
  rollup: 'the aggregates of one closed period, on `rollup/1m`, `rollup/15m`, `rollup/1h` and `rollup/1d`',
  replay: 'for you to publish: asks for rollups that you missed; they come on `rollup/<period>`',
  'replay-result': 'how a request on `replay` ended',
  play: 'for you to publish: what the player shows',
  'play-audience': 'the audience of one play',
  health: 'how well the daemon and its camera are',
  alert: 'one thing that is wrong, on `alert/<name>`: once when it begins and once when it ends',
};

/** The level below a topic that tells its messages apart; `field` is where the payload repeats it. */
export type Level = Readonly<{ name: string; field: string; meaning: string; examples: readonly string[] }>;

export const LEVELS: Readonly<Partial<Record<TopicName, Level>>> = {
  alert: { name: 'name', field: 'alert', meaning: 'What is wrong.', examples: ALERT_NAMES },
  trigger: { name: 'name', field: 'trigger', meaning: 'Name of the trigger as configured.', examples: ['perfume'] },
  rollup: {
    name: 'period',
    field: 'data/period',
    meaning: 'Length of the period.',
    examples: PERIODS,
  },
};

/** `now`, or `trigger/<name>` where there is a level more. */
export function addressOf(name: TopicName): string {
  const level = LEVELS[name];
  return level === undefined ? name : `${name}/<${level.name}>`;
}
