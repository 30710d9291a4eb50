// Why there is no connection is said in words that help.
import { expect, it } from 'vitest';
import { describeFailure, isRefusal } from '../../src/mqtt/failure.ts';

function coded(code: number | string, message = ''): Error {
  return Object.assign(new Error(message), { code });
}

it.each([
  [4, 'refused: bad user name or password'],
  [134, 'refused: bad user name or password'],
  [5, 'refused: bad user name or password, or not authorized'],
  [135, 'refused: bad user name or password, or not authorized'],
  [132, 'refused: the broker does not speak this mqtt.protocolVersion'],
  [3, 'refused: reason 3'],
])('return code %d: %s', (code, text) => {
  expect(describeFailure(coded(code))).toEqual({ kind: 'refused', text });
});

it('finds words for a name that has several addresses', () => {
  const error = new AggregateError([coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:1883')]);
  expect(describeFailure(error)).toEqual({ kind: 'away', text: 'connect ECONNREFUSED ::1:1883' });
  expect(describeFailure(Object.assign(new AggregateError([]), { code: 'ETIMEDOUT' })).text).toBe('ETIMEDOUT');
});

it('takes reason codes from 128 on for refusals', () => {
  expect([coded(127), coded(128), coded('E'), new Error('x'), null].map(isRefusal)).toEqual([
    false,
    true,
    false,
    false,
    false,
  ]);
});
