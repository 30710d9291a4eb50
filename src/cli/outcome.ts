// What a run has measured, for the summary at its end.
import type { Measurement } from '../daemon/measurement/measurement.ts';

export function outcomeOf({ tally, sight }: Pick<Measurement, 'tally' | 'sight'>) {
  return {
    frames: sight.frames,
    viewers: tally.viewers,
    personSeconds: tally.personMs / 1000,
    attentionSeconds: tally.attentionMs / 1000,
    looks: tally.looks,
    rollupsStored: tally.rollupsStored,
  };
}
