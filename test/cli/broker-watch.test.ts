// One line when nobody hears, whatever the reasons are called, and one when somebody does again.
import { expect, it } from 'vitest';
import { BrokerWatch } from '../../src/cli/broker-watch.ts';
import type { PublisherStatus } from '../../src/mqtt/publisher.ts';
import { manualClock } from '../support/manual-clock.ts';

const rival = 'another daemon speaks for this screen (session s0)';

it('tells a loss once, the return, and that another daemon has the screen', () => {
  const rig = watched();
  rig.becomes('connecting', null);
  rig.becomes('connected', null);
  rig.becomes('connecting', 'the connection was lost');
  rig.becomes('connecting', 'connect ECONNREFUSED');
  rig.becomes('connected', null);
  rig.becomes('quiet', rival);
  expect(rig.said).toEqual([
    'Broker    nothing is published: the connection was lost\n',
    'Broker    messages are published again\n',
    `Broker    nothing is published: ${rival}\n`,
  ]);
  expect(rig.watch.end()).toBeNull();
});

it.each([
  ['connecting', 'connect ECONNREFUSED', 'connect ECONNREFUSED'],
  ['quiet', rival, rival],
  ['connecting', null, 'the broker was not ready in time'],
] as const)('says at the end why nothing was ever published: %s, %s', (state, lastError, reason) => {
  const rig = watched();
  rig.becomes(state, lastError);
  expect(rig.watch.end()).toBe(reason);
});

function watched() {
  const clock = manualClock();
  const said: string[] = [];
  let status: PublisherStatus = { state: 'connecting', lastError: null, liveMessagesDropped: 0, messagesRefused: 0 };
  const watch = new BrokerWatch(
    () => status,
    (line) => said.push(line),
    clock,
  );
  const becomes = (state: PublisherStatus['state'], lastError: string | null) => {
    status = { ...status, state, lastError };
    clock.advance(1000);
  };
  return { said, watch, becomes };
}
