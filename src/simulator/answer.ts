// What the simulated classifier takes a person for, drawn once from the confusion matrices: a net repeats its mistake about a face.
import type { Gender } from '../audience/rollup.ts';
import type { AgeDistribution, GenderDistribution } from '../observation/observation.ts';
import { AGE_BANDS, type AgeBandName, type Classifier } from './classifier-schema.ts';
import { between, type Random } from './random.ts';

export type Answer = Readonly<{ age: AgeDistribution; gender: GenderDistribution }>;

type Subject = Readonly<{ ageYears: number; gender: Gender }>;

/** Nearer to the edge of a group a net that is so unsure of the age would not name the group. */
const EDGE_YEARS = 3;

export function answerTo({ ageYears, gender }: Subject, classifier: Classifier, random: Random): Answer {
  const truth = bandOf(ageYears);
  const ages = classifier.ages.find((row) => row.truth === truth);
  const genders = classifier.genders.find((row) => row.truth === gender);
  const answered = drawn(ages === undefined ? { [truth]: 1 } : sharesOf(ages), random);
  const taken = drawn(genders === undefined ? { [gender]: 1 } : sharesOf(genders), random);
  const sure = classifier.genderProbability;
  return {
    age: {
      kind: 'normal',
      meanYears: statedYears(answered, answered === truth ? ageYears : null, random),
      sdYears: classifier.ageSdYears,
    },
    gender: taken === 'female' ? { female: sure, male: 1 - sure } : { female: 1 - sure, male: sure },
  };
}

function bandOf(ageYears: number): AgeBandName {
  return AGE_BANDS.find(({ toYears }) => ageYears < toYears + 1)?.name ?? 'senior';
}

function sharesOf({
  truth: _,
  ...shares
}: Readonly<Record<string, number | string>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, Number(share)]));
}

function drawn(shares: Readonly<Record<string, number>>, random: Random): string {
  const entries = Object.entries(shares);
  let rest = random() * entries.reduce((sum, [, share]) => sum + share, 0);
  const found = entries.find(([, share]) => {
    rest -= share;
    return rest < 0;
  });
  return found?.[0] ?? entries.at(-1)?.[0] ?? '';
}

function statedYears(name: string, ageYears: number | null, random: Random): number {
  const { fromYears, toYears } = AGE_BANDS.find((band) => band.name === name) ?? AGE_BANDS[0];
  const inner = { from: fromYears + EDGE_YEARS, to: toYears + 1 - EDGE_YEARS };
  return ageYears === null ? between(inner, random) : Math.max(inner.from, Math.min(inner.to, ageYears));
}
