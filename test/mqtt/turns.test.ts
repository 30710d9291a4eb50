// A flood is spread over turns of the event loop, in its order; a little is done at once.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inTurns } from '../../src/mqtt/turns.ts';

it('does ten at once, and ten more with each turn, in order', async () => {
  const inTurn = inTurns();
  const done: number[] = [];
  const give = (count: number) => {
    const first = given;
    for (; given < first + count; given += 1) {
      const number = given;
      inTurn(() => done.push(number));
    }
  };
  let given = 0;
  give(25);
  const lengths = [done.length];
  while (done.length < given) {
    await nextTurn();
    lengths.push(done.length);
  }
  expect(lengths).toEqual([10, 20, 25]);
  give(7);
  expect(done).toHaveLength(30);
  await nextTurn();
  await nextTurn();
  give(10);
  expect(done).toEqual(Array.from({ length: 42 }, (_, index) => index));
});
