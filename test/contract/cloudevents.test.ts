// Every event is one for the public SDK of CloudEvents, whatever the screen is called.
import { CloudEvent } from 'cloudevents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { playEvent, rollupEvent, viewerEvent } from '../../src/contract/events.ts';
import { examples } from '../../src/contract/examples.ts';
import { audienceEvent, name, playAudience, rollup, wallAt } from './arbitraries.ts';

const level = fc.oneof(name, fc.constantFrom('Zürich.Süd', 'магазин_7', '東京-1', 'Ａ१'));
const screen = fc.record({ site: level, screen: level });

describe('the SDK takes', () => {
  it.each(['viewer', 'play-audience', 'rollup'] as const)('the example of %s', (topic) => {
    expectTaken(examples[topic]);
  });

  it('every viewer event', () => {
    fc.assert(
      fc.property(audienceEvent, screen, name, wallAt, (event, where, session, wallAtZero) => {
        expectTaken(viewerEvent(event, where, session, wallAtZero));
      }),
    );
  });

  it('every rollup', () => {
    fc.assert(
      fc.property(rollup, screen, fc.boolean(), (written, where, historical) => {
        expectTaken(rollupEvent(written, where, historical));
      }),
    );
  });

  it('the audience of every play', () => {
    fc.assert(
      fc.property(playAudience, screen, name, (play, where, session) => {
        expectTaken(playEvent(play, where, session));
      }),
    );
  });

  it('nothing that is none', () => {
    for (const wrong of [{ source: '/onlooker/Zürich/lobby' }, { time: 'yesterday' }, { type: '' }]) {
      expect(() => new CloudEvent({ ...examples.viewer, ...wrong }, true)).toThrow('invalid payload');
    }
  });
});

/** Strict: the SDK checks the event as it is made, and gives back what it was given. */
function expectTaken(event: (typeof examples)['viewer' | 'play-audience' | 'rollup']): void {
  expect(JSON.parse(JSON.stringify(new CloudEvent<unknown>(event, true)))).toEqual(event);
}
