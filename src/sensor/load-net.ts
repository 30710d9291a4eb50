// Loads a verified net into OpenCV.
import { ModelError } from '../models/model-error.ts';
import type { NeuralSpec } from '../models/net-schema.ts';
import type { VerifiedNet } from '../models/verify.ts';
import { type Net, readNet } from './opencv.ts';

/** Throws a ModelError when OpenCV cannot read it. */
export function loadNet({ spec, weightsPath, definitionPath }: VerifiedNet<NeuralSpec>): Net {
  try {
    return readNet(spec.files.format, weightsPath, definitionPath);
  } catch (cause) {
    const paths = definitionPath === null ? weightsPath : `${definitionPath} and ${weightsPath}`;
    throw new ModelError(paths, `cannot be read by OpenCV as ${spec.files.format}`, {
      remedy: 'check that it is the file its description names',
      cause,
    });
  }
}
