// Where rules run without the gate for minors, although it is configured, the log says so once.
import { expect, it } from 'vitest';
import { triggersSchema } from '../../src/config/triggers-schema.ts';
import { GATE_MISSED, gateStanding } from '../../src/daemon/minors-gate.ts';
import { housekeepingRig } from './housekeeping-rig.ts';

const RULES = { rules: [{ name: 'hello', when: [{ atLeast: 1 }] }] };
const triggersOf = (keys: unknown) => triggersSchema.parse(keys);

it.each([
  ['a net answers the age', RULES, true, 'on', false],
  ['no net answers the age', RULES, false, 'inactive', true],
  ['no net answers the age, and there are no rules', {}, false, 'inactive', false],
  ['it is off', { ...RULES, minors: { gate: false } }, false, 'off', false],
])('the gate is missed or not: %s', (_, keys, classifiesAge, word, isMissed) => {
  const triggers = triggersOf(keys);
  expect(gateStanding({ triggers }, classifiesAge)).toEqual({ word, isMissed, limitRatio: 0.5 });
});

it('the log warns once, however often the stream is opened', () => {
  const warned = (classifiesAge: boolean) => {
    const rig = housekeepingRig({ triggers: triggersOf(RULES) });
    for (const session of ['s1', 's2']) rig.source.opened(rig.header({ session, classifiesAge }));
    return rig.log.lines().filter(({ level }) => level === 'warn');
  };
  expect(warned(true)).toEqual([]);
  expect(warned(false)).toMatchObject([{ message: GATE_MISSED }]);
});
