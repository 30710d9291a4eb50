// What the doctor says of the packs that come with Onlooker: whole or not, what they may be used for, what they say of people.
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { triggersSchema } from '../../src/config/triggers-schema.ts';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import { describePrivacy, judgeLicenses, judgeModels, packFacts } from '../../src/doctor/models.ts';
import { PREPARED_MODELS } from '../../src/models/repair.ts';
import { tempFolder } from '../support/temp-folder.ts';

const { config: CONFIG } = loadConfig(null, { hostname: 'lobby' });
const NOTHING_HIDDEN = { picture: { mask: null, region: null }, privacy: CONFIG.privacy, triggers: CONFIG.triggers };

function facts(pack: string, folder = PREPARED_MODELS) {
  return packFacts({ manifestPath: MANIFEST_PATH, folder, pack, packFile: null });
}

function described(pack: string) {
  const found = facts(pack);
  if ('refusal' in found) throw new Error(found.refusal);
  return found;
}

it('a pack whose files are there is whole', () => {
  expect(judgeModels(facts('default'))).toMatchObject({ state: 'ok', detail: expect.stringContaining('full-range') });
});

it('a pack without its files fails, with each file and the command that brings it', () => {
  const finding = judgeModels(facts('levi-hassner', tempFolder()));
  expect(finding.state).toBe('fail');
  expect(finding.detail).toMatch(/full-range\S* is missing; .+caffemodel is missing/);
  expect(finding.remedy).toContain('onlooker models pull levi-hassner-age');
});

it('an unknown pack fails, with the packs that there are', () => {
  expect(judgeModels(facts('deafult'))).toMatchObject({
    state: 'fail',
    detail: expect.stringContaining('clear-licences'),
  });
});

it('the default pack is warned about: its weights do not clearly permit commercial use, and which pack does', () => {
  const finding = judgeLicenses(described('default'));
  expect(finding.state).toBe('warn');
  expect(finding.detail).toContain('the weights of faceres, face-api do not clearly permit commercial use');
  expect(finding.remedy).toContain('models.pack: clear-licences, which leaves counts, durations and attention');
});

it('clear-licences is fine for commercial use, and means counts', () => {
  expect(judgeLicenses(described('clear-licences'))).toMatchObject({
    state: 'ok',
    detail: 'clear-licences: every net clearly permits commercial use, for counts, durations and attention',
  });
});

it('privacy names what is estimated of people, and the mask', () => {
  expect(describePrivacy(described('default'), NOTHING_HIDDEN).detail).toMatch(
    /^age and gender estimated, told of single people, too; .+ without a mask/,
  );
  const { detail } = describePrivacy(described('count-only'), {
    ...NOTHING_HIDDEN,
    picture: { mask: [[[0, 0]]], region: null },
  });
  expect(detail).toMatch(/^count-only: neither age nor gender is estimated; .+ a mask of 1 polygon;/);
});

it('privacy names how few people are withheld', () => {
  expect(describePrivacy(described('default'), { ...NOTHING_HIDDEN, privacy: { k: 5 } }).detail).toContain(
    'told as unknown in statistics where fewer than 5 people share them',
  );
});

it('privacy names the gate for minors, and warns of rules that run without it', () => {
  const privacy = (pack: string, keys: unknown) => {
    const triggers = triggersSchema.parse({ rules: [{ name: 'hello', when: [{ atLeast: 1 }] }], minors: keys });
    return describePrivacy(described(pack), { ...NOTHING_HIDDEN, triggers });
  };
  expect(privacy('default', { limitRatio: 0.3 })).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining('gate for minors on (limit 0.3)'),
  });
  expect(privacy('count-only', {})).toMatchObject({
    state: 'warn',
    detail: expect.stringMatching(/gate for minors inactive; .+ the rules count minors like everybody/),
    remedy: expect.stringContaining('triggers.minors.gate'),
  });
  expect(privacy('count-only', { gate: false })).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining('gate for minors off'),
  });
  expect(describePrivacy(described('count-only'), NOTHING_HIDDEN).state).toBe('ok');
});
