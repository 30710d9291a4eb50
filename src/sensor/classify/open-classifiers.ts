// Loads the classifiers of a pack and asks them about one face: age and gender, calibrated together.
import { rawAge, rawMale } from '../../models/head-answer.ts';
import { ModelError } from '../../models/model-error.ts';
import type { ClassifierSpec } from '../../models/net-schema.ts';
import type { Pack, PackClassifier } from '../../models/pack.ts';
import { ageOf, genderOf } from '../../models/pack-answer.ts';
import type { AgeDistribution, Box, Look } from '../../observation/observation.ts';
import { squareCrop } from '../crop.ts';
import { loadNet } from '../load-net.ts';
import { forward, type Keep, type Mat, mirrored, type Net, type Output } from '../opencv.ts';

export type Classification = Pick<Look, 'age' | 'gender'>;

/** One face at a time; null without a classifier. */
export type Classify = (keep: Keep, frame: Mat, box: Box) => Promise<Classification | null>;

/** Throws a ModelError for a net that OpenCV cannot read. */
export function openClassifiers({ classifiers, calibration }: Pick<Pack, 'classifiers' | 'calibration'>): Classify {
  const loaded = classifiers.map((classifier) => ({ ...classifier, loaded: loadNet(classifier.net) }));
  return async (keep, frame, box) => {
    const said: Said[] = [];
    for (const one of loaded) said.push(await ask(keep, frame, box, one));
    return loaded.length === 0
      ? null
      : {
          age: ageOf(
            said.flatMap(({ age }) => age ?? []),
            calibration,
          ),
          gender: genderOf(
            said.flatMap(({ male }) => male ?? []),
            calibration,
          ),
        };
  };
}

type LoadedClassifier = PackClassifier & Readonly<{ loaded: Net }>;

/** What one net says of one crop, before any calibration of the pack. */
type Said = Readonly<{ male: number | null; age: AgeDistribution | null }>;

/** Its views of one crop are averaged first, so that a net that looks twice does not count twice. */
async function ask(keep: Keep, frame: Mat, box: Box, { net, answers, loaded }: LoadedClassifier): Promise<Said> {
  const { spec } = net;
  const crop = cropFor(keep, frame, box, spec);
  const views = spec.geometry.mirrored ? [crop, mirrored(keep, crop)] : [crop];
  const said: Said[] = [];
  for (const view of views) said.push(await answerOf(view, loaded, spec, answers));
  return {
    male:
      genderOf(
        said.flatMap(({ male }) => male ?? []),
        null,
      )?.male ?? null,
    age: ageOf(
      said.flatMap(({ age }) => age ?? []),
      null,
    ),
  };
}

function cropFor(keep: Keep, frame: Mat, box: Box, { geometry }: ClassifierSpec): Mat {
  return squareCrop(keep, frame, box, 1 + 2 * geometry.marginRatio, geometry.width, geometry.height);
}

function answerOf(
  view: Mat,
  net: Net,
  { name, input, gender, age }: ClassifierSpec,
  answers: PackClassifier['answers'],
): Promise<Said> {
  const asked = { gender: answers.includes('gender') ? gender : null, age: answers.includes('age') ? age : null };
  const outputs = [...new Set([asked.gender, asked.age].flatMap((head) => head?.output ?? []))];
  return forward(net, view, input, outputs, (found) => {
    const valuesOf = (output: string) => vector(found[outputs.indexOf(output)]);
    const male = asked.gender && rawMale(valuesOf(asked.gender.output), asked.gender);
    const years = asked.age && rawAge(valuesOf(asked.age.output), asked.age);
    if ((asked.gender && male === null) || (asked.age && years === null)) {
      throw new ModelError(name, `its outputs ${outputs.join(', ')} do not have the shape that is described`, {
        remedy: 'correct gender, age and geometry in its description',
      });
    }
    return { male, age: years };
  });
}

/** Empty for a map, which nets without fully connected layers give for a larger input than they were made for. */
function vector(output: Output | undefined): readonly number[] {
  const isVector = output?.sizes.filter((size) => size > 1).length === 1 || output?.length === 1;
  return isVector ? Array.from(output.all()) : [];
}
