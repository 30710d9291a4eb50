// What a server answers is used for what it is, and only as the continuation that was asked for.
import { expect, it } from 'vitest';
import { type Answer, planReceipt, type Receipt } from '../../../src/models/pull/plan-receipt.ts';

it.each<[string, Partial<Answer>, number, Receipt]>([
  ['the whole of known length', { statusCode: 200, contentLength: '90' }, 0, { from: 0, bytes: 90 }],
  ['the whole of unknown length', { statusCode: 200 }, 0, { from: 0, bytes: null }],
  ['the whole where the rest was asked for', { statusCode: 200, contentLength: '90' }, 40, { from: 0, bytes: 90 }],
  ['the rest', { statusCode: 206, contentRange: 'bytes 40-89/90', contentLength: '50' }, 40, { from: 40, bytes: 90 }],
  ['the rest of an unknown whole', { statusCode: 206, contentRange: 'bytes 40-89/*' }, 40, { from: 40, bytes: null }],
])('%s is received from the right byte on', (_, answer, have, receipt) => {
  expect(planReceipt(answerOf(answer), have)).toEqual(receipt);
});

it.each<[string, Partial<Answer>, boolean, string]>([
  ['another part', { statusCode: 206, contentRange: 'bytes 0-89/90' }, true, 'another part'],
  ['a part that is not named', { statusCode: 206 }, true, 'another part'],
  ['no such part', { statusCode: 416, contentRange: 'bytes */30' }, true, 'no more than 40 bytes'],
  ['a redirect beyond the limit', { statusCode: 302 }, false, 'redirects again and again'],
  ['not found', { statusCode: 404 }, false, 'answered 404 Not Found'],
  ['a proxy that wants a password', { statusCode: 407 }, false, 'answered 407 Proxy Authentication Required'],
  ['a number that nobody knows', { statusCode: 599 }, false, 'answered 599'],
])('%s is a problem', (_, answer, misfit, problem) => {
  expect(planReceipt(answerOf(answer), 40)).toEqual({ problem: expect.stringContaining(problem), misfit });
});

function answerOf(answer: Partial<Answer>): Answer {
  return { statusCode: 200, contentRange: null, contentLength: null, ...answer };
}
