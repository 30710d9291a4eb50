// Tells how the gate for minors stands with the nets in use, and whether rules run without it although it is configured.
import { type GateWord, gateWord } from '../audience/minors.ts';
import type { Config } from '../config/load.ts';

export type GateStanding = Readonly<{ word: GateWord; limitRatio: number; isMissed: boolean }>;

export const GATE_MISSED =
  'the rules count minors like everybody: triggers.minors.gate judges nobody, since no net of the pack answers the age';
export const GATE_REMEDY = 'choose a pack that answers the age, or set triggers.minors.gate to false if that is meant';

export function gateStanding({ triggers }: Pick<Config, 'triggers'>, classifiesAge: boolean): GateStanding {
  const { gate, limitRatio } = triggers.minors;
  const word = gateWord(gate ? { limitRatio } : null, classifiesAge);
  return { word, limitRatio, isMissed: word === 'inactive' && triggers.rules.length > 0 };
}
