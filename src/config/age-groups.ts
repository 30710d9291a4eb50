// Age groups as they are configured, and that they cover every age once.
import { z } from 'zod';
import { UNDER_18 } from '../audience/minors.ts';

export const ageGroupSchema = z.strictObject({
  name: z
    .string()
    .max(32)
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'must begin with a letter and hold only letters, digits, "_" and "-"')
    .describe('Name of the group in rollups and messages.'),
  fromYears: z.number().int().min(0).max(100).describe('First year of the group.'),
  toYears: z.number().int().min(0).max(100).nullable().describe('Last full year of the group; null in the last group.'),
});

/** Their borders lie between the eight classes of the common nets, so that no class is split. */
export const DEFAULT_AGE_GROUPS = [
  { name: 'child', fromYears: 0, toYears: 13 },
  { name: 'youngAdult', fromYears: 14, toYears: 34 },
  { name: 'adult', fromYears: 35, toYears: 55 },
  { name: 'senior', fromYears: 56, toYears: null },
];

type AgeGroup = z.infer<typeof ageGroupSchema>;

/** Age groups cover every age once: they begin at 0, follow each other without a gap, and the last one is open. */
export function checkAgeGroups(groups: readonly AgeGroup[], context: z.RefinementCtx): void {
  const complain = (index: number, key: keyof AgeGroup, message: string) =>
    context.addIssue({ code: 'custom', path: [index, key], message });
  let expected = 0;
  groups.forEach(({ name, fromYears, toYears }, index) => {
    const isLast = index === groups.length - 1;
    if (name === 'unknown') complain(index, 'name', 'is the word for viewers without an age, choose another one');
    if (name === UNDER_18) complain(index, 'name', 'is the word for viewers who may be minors, choose another one');
    if (groups.findIndex((group) => group.name === name) < index) complain(index, 'name', 'is the name of two groups');
    if (fromYears !== expected) complain(index, 'fromYears', `must be ${expected}, so that every age is in one group`);
    if (isLast && toYears !== null)
      complain(index, 'toYears', 'must be null in the last group, which has no upper end');
    if (!isLast && toYears === null) complain(index, 'toYears', 'must be a year, since another group follows');
    if (toYears !== null && toYears < fromYears) complain(index, 'toYears', `must be at least ${fromYears}`);
    expected = (toYears ?? fromYears) + 1;
  });
}
