// What mosquitto_sub prints of a daemon, as payloads that keep the contract.
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { type PayloadOf, type TopicName, topicOf, topics } from '../../src/contract/topics.ts';
import { eventually } from '../support/eventually.ts';
import { subscribeWithProgram } from '../support/mosquitto-sub.ts';

export type Messages = Readonly<{
  /** Every topic on which something came, without those of a quarter of an hour and longer, which may end meanwhile. */
  topics(): readonly string[];
  all<Name extends TopicName>(name: Name): readonly PayloadOf<Name>[];
  /** Waits for the next such message on the topic: what came before the one seen last does not count. */
  see<Name extends TopicName>(
    name: Name,
    isIt: (payload: PayloadOf<Name>) => boolean,
    withinMs?: number,
  ): Promise<PayloadOf<Name>>;
}>;

/** What a daemon publishes in which a period has ended, sorted. */
export const EVERY_TOPIC: readonly string[] = [
  ...['availability', 'health', 'info', 'now'],
  ...['attending', 'majority-age-group', 'majority-gender', 'present', 'watchers'].map((name) => `plain/${name}`),
  ...['rollup/1m', 'viewer'],
].map((name) => `onlooker/v1/test/door/${name}`);

export const SCREEN = { site: 'test', screen: 'door' };
const WITH_LEVELS: readonly TopicName[] = ['alert', 'trigger', 'rollup'];
const LONGER_PERIOD = /rollup\/(15m|1h|1d)$/;
const PATIENCE_MS = 40_000;

/** Subscribes as soon as a broker listens on the port. */
export async function subscribeTo(port: number): Promise<Messages> {
  await eventually(() => isListening(port), Boolean, PATIENCE_MS);
  const printed = subscribeWithProgram(port);
  const lines = () =>
    printed()
      .split('\n')
      .slice(0, -1)
      .map((line) => ({ topic: line.split(' ', 1)[0] ?? '', text: line.slice(line.indexOf(' ') + 1) }));
  const all = <Name extends TopicName>(name: Name) =>
    lines()
      // Each alert, trigger and period has a level of its own.
      .filter(({ topic }) => (WITH_LEVELS.includes(name) ? dirname(topic) : topic) === topicOf(SCREEN, name))
      // The schema of a topic checks that it is the payload of that topic, which the compiler cannot tell.
      .map(({ text }) => topics[name].schema.parse(JSON.parse(text)) as PayloadOf<Name>);
  const seen = new Map<TopicName, number>();
  return {
    topics: () => [...new Set(lines().map(({ topic }) => topic))].filter((topic) => !LONGER_PERIOD.test(topic)).sort(),
    all,
    see: async (name, isIt, withinMs = PATIENCE_MS) => {
      const find = () => {
        const came = all(name);
        const index = came.findIndex((payload, position) => position >= (seen.get(name) ?? 0) && isIt(payload));
        return { index, payload: came[index], last: came.at(-1) };
      };
      const { index, payload } = await eventually(find, (found) => found.payload !== undefined, withinMs);
      seen.set(name, index + 1);
      if (payload === undefined) throw new Error(`nothing on ${name}`);
      return payload;
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
