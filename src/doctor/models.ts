// Checks the nets of the configured pack: that their files are whole, what they may be used for, and what they say of people.
import type { Config } from '../config/load.ts';
import { GATE_MISSED, GATE_REMEDY, gateStanding } from '../daemon/minors-gate.ts';
import { ModelError } from '../models/model-error.ts';
import type { NetSpec } from '../models/net-schema.ts';
import { describedPack, netsOf, type PackChoice } from '../models/pack.ts';
import type { PackSpec } from '../models/pack-schema.ts';
import { type NetPresence, netPresence } from '../models/pull/presence.ts';
import { UnknownPackError } from '../models/unknown-pack-error.ts';
import { remedyFor } from '../models/verify.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** `refusal` says why there is no such pack. */
export type PackFacts = Readonly<
  { pack: PackSpec; folder: string; nets: readonly NetPresence[] } | { refusal: string }
>;

/** Of the nets that come with Onlooker, this pack has those alone that clearly permit commercial use. */
const CLEAR_PACK = 'clear-licences';
const CLEAR_REMEDY = `commercial use is clearly permitted with models.pack: ${CLEAR_PACK}, which leaves counts, durations and attention`;

export function packFacts(choice: PackChoice): PackFacts {
  try {
    const { pack } = describedPack(choice);
    const { folder } = choice;
    return { pack, folder, nets: netsOf(pack).map((net) => netPresence(net, folder)) };
  } catch (error) {
    if (error instanceof UnknownPackError || error instanceof ModelError) return { refusal: error.message };
    throw error;
  }
}

export function judgeModels(facts: PackFacts): Finding {
  if ('refusal' in facts)
    return fail(
      'models',
      facts.refusal,
      'correct models.pack or models.packFile; onlooker models list names the packs',
    );
  const { pack, folder, nets } = facts;
  const wrong = nets.flatMap(({ net, files }) =>
    files.flatMap(({ path, problem }) => (problem === null ? [] : [{ words: `${path} ${problem}`, net }])),
  );
  if (wrong.length > 0) {
    const remedies = new Set(wrong.map(({ net }) => remedyFor(net, folder)));
    return fail('models', wrong.map(({ words }) => words).join('; '), [...remedies].join('; '));
  }
  return ok('models', `${pack.name} is whole: ${namesOf(netsOf(pack))}`);
}

export function judgeLicenses({ pack }: Extract<PackFacts, { pack: PackSpec }>): Finding {
  const unclear = netsOf(pack).filter(({ license }) => license.commercialUse === 'unclear');
  if (unclear.length === 0) {
    const left = pack.classifiers.length === 0 ? ', for counts, durations and attention' : '';
    return ok('licenses', `${pack.name}: every net clearly permits commercial use${left}`);
  }
  const detail = `${pack.name}: the weights of ${namesOf(unclear)} do not clearly permit commercial use`;
  return warn('licenses', detail, `${CLEAR_REMEDY}; onlooker models info ${pack.name} tells the licenses`);
}

export function describePrivacy(
  { pack }: Extract<PackFacts, { pack: PackSpec }>,
  {
    picture: { mask, region },
    privacy: { k },
    triggers,
  }: Readonly<{
    picture: Pick<Config['picture'], 'mask' | 'region'>;
    privacy: Config['privacy'];
    triggers: Config['triggers'];
  }>,
): Finding {
  const answers = ['age', 'gender'] as const;
  const estimated = answers.filter((answer) => pack.classifiers.some((one) => one.answers.includes(answer)));
  const what =
    estimated.length === 0
      ? 'count-only: neither age nor gender is estimated'
      : `${estimated.join(' and ')} estimated, ${withheld(k)}`;
  const seen = [
    region === null ? 'the whole picture is looked at' : 'picture.region is looked at',
    mask === null ? 'without a mask' : `through a mask of ${mask.length} ${mask.length === 1 ? 'polygon' : 'polygons'}`,
  ].join(' ');
  const { word, limitRatio, isMissed } = gateStanding({ triggers }, estimated.includes('age'));
  const gate = `gate for minors ${word}${word === 'on' ? ` (limit ${limitRatio})` : ''}`;
  const detail = `${what}; ${gate}; ${seen}; no picture leaves the sensor process`;
  return isMissed ? warn('privacy', `${detail}; ${GATE_MISSED}`, GATE_REMEDY) : ok('privacy', detail);
}

function withheld(k: number): string {
  return k > 1 ? `told as unknown in statistics where fewer than ${k} people share them` : 'told of single people, too';
}

function namesOf(nets: readonly NetSpec[]): string {
  return nets.map(({ name }) => name).join(', ');
}
