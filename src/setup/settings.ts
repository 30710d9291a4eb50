// Makes the text of the configuration of the answers, laid over what was configured before.
import { commentedYaml, differencesOf, isMap, type Values } from '../config/commented-yaml.ts';
import { keyTree } from '../config/key-tree.ts';
import type { Answers, Login } from './answers.ts';

/** Passwords have files of their own beside the configuration, under the names that the service hands on (LoadCredential). */
export const PASSWORD_FILES = { broker: 'mqtt-password', source: 'source-password' } as const;

/** What the answers leave open, found out by looking. */
export type Discoveries = Readonly<{
  /** Width that the detector has to be shown; null where it is wide enough as it is. */
  farWidth: number | null;
  /** Size of the frames that are asked for; null where it stays. */
  frame: Readonly<{ width: number; height: number }> | null;
  /** Whether the pack that is configured estimates age or gender. */
  packEstimates: boolean;
}>;

/** All keys of before that no answer is about stay as they are. */
export function settingsOf(before: Values, answers: Answers, discoveries: Discoveries): Values {
  const { site, screen, timezone, minorsGate } = answers;
  // Without age and gender it is not asked, but what was stored of them before may still be told.
  const k = answers.estimatesAgeAndGender ? answers.k : null;
  const triggers = sectionOf(before, 'triggers');
  return {
    ...before,
    ...given({ site, screen, timezone }),
    source: { ...sectionOf(before, 'source'), ...sourceOf(before, answers), ...discoveries.frame },
    models: { ...sectionOf(before, 'models'), ...packOf(answers, discoveries) },
    detector: { ...sectionOf(before, 'detector'), farWidth: discoveries.farWidth },
    privacy: { ...sectionOf(before, 'privacy'), ...given({ k }) },
    triggers: { ...triggers, minors: { ...sectionOf(triggers, 'minors'), gate: minorsGate } },
    mqtt: { ...sectionOf(before, 'mqtt'), ...brokerOf(before, answers) },
  };
}

/** Only what differs from the defaults. */
export function configurationText(settings: Values): string {
  const tree = keyTree();
  return [
    '# Configuration of Onlooker, written by onlooker setup: change what you like, and check it with onlooker config check.',
    '# Every key that is not here is at its default; docs/configuration.md lists them all.',
    '',
    commentedYaml(tree, differencesOf(tree, settings)),
  ].join('\n');
}

export function sectionOf(values: Values, key: string): Values {
  const section = values[key];
  return isMap(section) ? section : {};
}

function sourceOf(before: Values, { source: { camera, input, login } }: Answers): Values {
  const named = { camera, input, command: null, rowBytes: null, scenario: null };
  const isSame = input !== null && sectionOf(before, 'source')['input'] === input;
  return isSame && login === null ? named : { ...named, ...loginOf(login, PASSWORD_FILES.source) };
}

function brokerOf(before: Values, { broker: { url, login } }: Answers): Values {
  const isSame = url !== null && sectionOf(before, 'mqtt')['url'] === url;
  if (isSame && login === null) return { url };
  // Which version another broker speaks is not known; each knows this one.
  return { url, ...(isSame ? {} : { protocolVersion: 4 }), ...loginOf(login, PASSWORD_FILES.broker) };
}

function loginOf(login: Login | null, file: string): Values {
  return { username: login?.username ?? null, passwordFile: (login?.password ?? null) === null ? null : file };
}

/** A pack of one's own that estimates both stays where that is wanted. */
function packOf({ estimatesAgeAndGender }: Answers, { packEstimates }: Discoveries): Values {
  if (!estimatesAgeAndGender) return packEstimates ? { pack: 'count-only', packFile: null } : {};
  return packEstimates ? {} : { pack: 'default', packFile: null };
}

function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
