// Estimates age and gender of one face with a classifier of the manifest.
import { calibrateAge, calibrateGender } from '../../models/calibration.ts';
import type { ClassifierSpec } from '../../models/manifest.ts';
import type { Box, Look } from '../../observation/observation.ts';
import { squareCrop } from '../crop.ts';
import { forward, type Keep, type Mat, type Net } from '../opencv.ts';

export type Classification = Pick<Look, 'age' | 'gender'>;

export async function classify(
  keep: Keep,
  frame: Mat,
  box: Box,
  net: Net,
  { geometry, input, gender, age }: ClassifierSpec,
): Promise<Classification> {
  const crop = squareCrop(keep, frame, box, 1 + 2 * geometry.marginRatio, geometry.width);
  const heads = [gender, age].flatMap((head) => head?.output ?? []);
  return forward(net, crop, input, heads, (outputs) => {
    const valuesOf = (output: string) => Array.from(outputs[heads.indexOf(output)]?.all() ?? []);
    return {
      gender: gender && calibrateGender(valuesOf(gender.output)[0] ?? 0.5, gender.calibration),
      age: age && calibrateAge(valuesOf(age.output), age.calibration),
    };
  });
}
