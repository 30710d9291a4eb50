// Of what programs say the end is kept. That they die with whoever started them is shown by test/e2e/kill.test.ts.
import { expect, it } from 'vitest';
import { lastWords } from '../../src/capture/child-program.ts';

it('the end is what was said last, however much was said', () => {
  const said = Array.from({ length: 1000 }, (_, line) => Buffer.from(`complaint ${line}\n`)).reduce(lastWords, '');
  expect(said.endsWith('complaint 998\ncomplaint 999\n')).toBe(true);
  expect(said).toHaveLength(2000);
});
