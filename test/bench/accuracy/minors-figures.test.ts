// Checks how the gate for minors is judged on labelled faces.
import { expect, it } from 'vitest';
import { answer, said } from './labelled.ts';
import { judgeMinors, minorsLines } from './minors-figures.ts';

const bracket = (fromYears: number, toYears: number) => ({
  fromYears,
  toYears,
  middleYears: (fromYears + toYears) / 2,
});

it('counts the young who pass and the older who are stopped, and nobody whose face was missed', () => {
  const answers = [
    answer('female', said(0.1, 5), bracket(3, 9)),
    answer('male', said(0.1, 40), bracket(10, 19)),
    answer('male', said(0.1, 12), bracket(30, 39)),
    answer('male', said(0.1, 60), bracket(60, 69)),
    answer('male', null, bracket(3, 9)),
  ];
  const figures = judgeMinors(answers, null);
  expect(figures?.gate.find(({ limitRatio }) => limitRatio === 0.5)).toMatchObject({
    childrenPassed: { count: 0, of: 1 },
    teensPassed: { count: 1, of: 1 },
    twentiesStopped: { count: 0, of: 0 },
    olderStopped: { count: 1, of: 2 },
  });
  expect(figures?.bounds[0]?.minors).toMatchObject({ count: 1, of: 2 });
  expect(figures && minorsLines('half A', figures)[0]).toContain('half A');
});

it('has nothing to say of a pack without ages', () => {
  expect(judgeMinors([answer('female', said(0.1))], null)).toBeNull();
});
