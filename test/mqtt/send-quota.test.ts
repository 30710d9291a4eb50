// A broker is never given more messages at once than it takes, and each in its turn.
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NO_MAXIMUM, SendQuota, windowsOf } from '../../src/mqtt/send-quota.ts';

describe('a quota of two', () => {
  it('sends the third when one is answered, be it by a refusal, and in order', async () => {
    const { quota, sent, answer } = rig();
    const results = ['a', 'b', 'c', 'd'].map((name) => quota.send(() => sent(name)));
    expect(answer.names()).toEqual(['a', 'b']);
    answer.refuse('b');
    await expect(results[1]).rejects.toThrow('no');
    expect(answer.names()).toEqual(['a', 'b', 'c']);
    answer.take('a');
    answer.take('c');
    await Promise.all([results[0], results[2]]);
    expect(answer.names()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('sends nothing more when it is closed, whatever is answered', async () => {
    const { quota, sent, answer } = rig();
    for (const name of ['a', 'b', 'c']) void quota.send(() => sent(name));
    quota.close();
    answer.take('a');
    answer.take('b');
    await letOthersRun();
    expect(answer.names()).toEqual(['a', 'b']);
  });
});

it.each([
  [NO_MAXIMUM, 16, 4],
  [20, 13, 3],
  [10, 5, 1],
  [1, 1, 1],
])('of %d messages under way, %d are of the outbox and %d asked for again', (receiveMaximum, rollups, replayed) => {
  expect(windowsOf(receiveMaximum)).toEqual({ rollups, replayed });
});

function rig() {
  const answers = new Map<string, Readonly<{ take: () => void; refuse: () => void }>>();
  const sent = (name: string) =>
    new Promise<void>((take, reject) => answers.set(name, { take, refuse: () => reject(new Error('no')) }));
  return {
    quota: new SendQuota(2),
    sent,
    answer: {
      names: () => [...answers.keys()],
      take: (name: string) => answers.get(name)?.take(),
      refuse: (name: string) => answers.get(name)?.refuse(),
    },
  };
}
