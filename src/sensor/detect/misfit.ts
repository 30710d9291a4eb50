// The error of a net whose outputs are not what its decoder reads.
import { ModelError } from '../../models/model-error.ts';
import type { DetectorSpec } from '../../models/net-schema.ts';

export function misfit({ name, decoder }: DetectorSpec, input: Readonly<{ cols: number; rows: number }>): ModelError {
  return new ModelError(name, `its outputs for ${input.cols}x${input.rows} pixels are not those of a ${decoder} net`, {
    remedy: 'correct decoder, outputs and geometry in its description',
  });
}
