// Defines how the simulated classifier errs: what is answered for which truth, and how sure it says it is.
import { z } from 'zod';

const share = z.number().min(0).max(1);

const genderRow = z.strictObject({
  truth: z.enum(['female', 'male']).describe('What the person is.'),
  female: share.describe('Share of such people who are taken for women.'),
  male: share.describe('Share of such people who are taken for men.'),
});

/** The default groups of the configuration: the four between whose borders no class of the common nets is split. */
export const AGE_BANDS = [
  { name: 'child', fromYears: 0, toYears: 13 },
  { name: 'youngAdult', fromYears: 14, toYears: 34 },
  { name: 'adult', fromYears: 35, toYears: 55 },
  { name: 'senior', fromYears: 56, toYears: 85 },
] as const;

export type AgeBandName = (typeof AGE_BANDS)[number]['name'];

const ageRow = z.strictObject({
  truth: z
    .enum(['child', 'youngAdult', 'adult', 'senior'])
    .describe('What the person is: 0–13, 14–34, 35–55, 56+ years.'),
  child: share.describe('Share of such people who are taken for children.'),
  youngAdult: share.describe('Share of such people who are taken for 14 to 34.'),
  adult: share.describe('Share of such people who are taken for 35 to 55.'),
  senior: share.describe('Share of such people who are taken for older ones.'),
});

/** Of those who got an answer: models/manifest.json, packs.default.calibration.confusion. */
const GENDER_ERRORS = [
  { truth: 'female' as const, female: 0.91, male: 0.09 },
  { truth: 'male' as const, female: 0.01, male: 0.99 },
];
const AGE_ERRORS = [
  { truth: 'child' as const, child: 0.95, youngAdult: 0.025, adult: 0.025, senior: 0 },
  { truth: 'youngAdult' as const, child: 0, youngAdult: 1, adult: 0, senior: 0 },
  { truth: 'adult' as const, child: 0, youngAdult: 0.15, adult: 0.8, senior: 0.05 },
  { truth: 'senior' as const, child: 0, youngAdult: 0, adult: 0.15, senior: 0.85 },
];

export const classifierSchema = z.strictObject({
  ageSdYears: z.number().min(0.5).max(30).default(9.8).describe('Standard deviation of the age that it states.'),
  genderProbability: z.number().min(0.5).max(1).default(0.93).describe('How sure it says it is of the gender.'),
  genders: z
    .array(genderRow)
    .min(2)
    .max(2)
    .superRefine(checkRows)
    .default(GENDER_ERRORS)
    .describe('What is answered for whom: one line for each gender, whose shares sum to 1.'),
  ages: z
    .array(ageRow)
    .min(4)
    .max(4)
    .superRefine(checkRows)
    .default(AGE_ERRORS)
    .describe('What is answered for whom: one line for each group of ages, whose shares sum to 1.'),
});

export type Classifier = Readonly<z.infer<typeof classifierSchema>>;

const ROUNDING = 0.001;

function checkRows(rows: readonly Readonly<{ truth: string }>[], context: z.RefinementCtx): void {
  rows.forEach((row, index) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', path: [index, 'truth'], message });
    const { truth, ...shares } = row;
    const sum = Object.values(shares).reduce((total: number, value) => total + Number(value), 0);
    if (Math.abs(sum - 1) > ROUNDING) complain(`must be a line whose shares sum to 1; these sum to ${sum.toFixed(3)}`);
    if (rows.findIndex((other) => other.truth === truth) < index) complain('is the truth of two lines');
  });
}
