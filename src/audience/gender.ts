// Describes the belief about gender, and abstains where it is not sure or where the face is a child's.
import { type AgeGroup, ageGroupMasses } from './age.ts';
import type { Belief } from './fuse.ts';
import type { GenderEstimate } from './viewer.ts';

export type GenderOptions = Readonly<{ minConfidence: number }>;

/** The nets were neither trained nor measured for the gender of children. */
const CHILDREN: AgeGroup = { name: 'child', fromYears: 0, toYears: 13 };

export function describeGender({ gender, age }: Belief, options: GenderOptions): GenderEstimate | null {
  if (gender === null || isChild(age)) return null;
  const male = gender.male >= gender.female;
  const probability = male ? gender.male : gender.female;
  return probability < options.minConfidence ? null : { gender: male ? 'male' : 'female', probability };
}

function isChild(age: Belief['age']): boolean {
  return age !== null && (ageGroupMasses(age, [CHILDREN])[0] ?? 0) > 0.5;
}
