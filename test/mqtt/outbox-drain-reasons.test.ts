// A reason code of 0x80 or above is no acknowledgment (MQTT 5, section 3.4.2.1): the rollup stays until one below it comes.
import { expect, it } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import { startAnsweringBroker } from '../support/answering-broker.ts';
import { eventually } from '../support/eventually.ts';
import { minutes, startPublisher } from './rig.ts';

it.each([
  [0x97, 'Quota exceeded'],
  [0x83, 'Implementation specific error'],
  [0x80, 'Unspecified error'],
])(
  'reason code %d (%s) keeps the rollups, and the broker is asked again with the next kick only',
  async (reason, words) => {
    const broker = await startAnsweringBroker(reason);
    const { publisher, outbox, becomes } = startPublisher({ url: broker.url, protocolVersion: 5 });
    await becomes('connected');
    outbox.add(minutes(40));
    publisher.drain();
    await eventually(
      () => publisher.status().lastError,
      (error) => error === `the broker did not take a rollup over: Publish error: ${words}`,
    );
    const windows = () => broker.given().filter((topic) => topic.endsWith('rollup/1m')).length / 16;
    await eventually(windows, (asked) => asked === 1);
    publisher.publish('info', examples.info);
    await eventually(broker.given, (topics) => topics.at(-1)?.endsWith('info') ?? false);
    expect(windows()).toBe(1);
    await eventually(
      () => {
        publisher.drain();
        return windows();
      },
      (asked) => asked >= 2,
    );
    expect(outbox.depth()).toBe(40);

    // 0x10, no matching subscribers, is below 0x80.
    broker.answerWith(0x10);
    await eventually(
      () => {
        publisher.drain();
        return outbox.depth();
      },
      (depth) => depth === 0,
    );
    // That of the availability, which was not taken either.
    expect(publisher.status().lastError).toBe(`Publish error: ${words}`);
  },
);
