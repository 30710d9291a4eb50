// The answers of the set-up, as somebody gives them one by one or in a file for many machines.
import { z } from 'zod';
import { hasCredentials, isBrokerAddress, isTimeZone } from '../config/checks.ts';
import { commentedYaml, isMap } from '../config/commented-yaml.ts';
import { ConfigError } from '../config/config-error.ts';
import { keyTreeOf } from '../config/key-tree.ts';
import { alsoIncomplete, path, topicLevel } from '../config/leaves.ts';
import { readPassword } from '../config/load.ts';
import { kThreshold } from '../config/privacy-schema.ts';
import { problemsOf } from '../config/problems.ts';
import { readYaml } from '../config/read-yaml.ts';
import { CAMERA_NAME } from '../config/source-schema.ts';
import { LOCAL_BROKER } from './local-broker.ts';

/** Whom or what a password is for. */
export type Login = Readonly<{ username: string; password: string | null }>;

export type Answers = Readonly<{
  /** One of the two; a login that is null leaves to the same address the one it has. */
  source: Readonly<{ camera: string | null; input: string | null; login: Login | null }>;
  distanceMeters: number;
  /** Null where it is not known. */
  fieldOfViewDegrees: number | null;
  /** `url` is null for the embedded one. */
  broker: Readonly<{ url: string | null; login: Login | null }>;
  estimatesAgeAndGender: boolean;
  minorsGate: boolean;
  /** An age group and gender of fewer people is told as unknown. */
  k: number;
  site: string | null;
  screen: string | null;
  timezone: string | null;
}>;

/** Whichever camera or broker is found. */
const AUTO = 'auto';
export const EMBEDDED = 'embedded';

/** What the default detector reaches with the lens of a webcam, with something to spare. */
export const USUAL_DISTANCE = 2.5;
export const DISTANCES = { least: 0.3, most: 30 } as const;

const COUNT_ONLY = 'count-only';
const login = z.string().min(1).nullable().default(null);

const answersSchema = z
  .strictObject({
    camera: z
      .string()
      .refine((text) => text === AUTO || CAMERA_NAME.test(text), `must be ${AUTO}, or as onlooker cameras names it`)
      .nullable()
      .default(null)
      .describe(
        'A camera, as onlooker cameras names it, or auto for the first that is found; null where input is given.',
      ),
    input: path.describe('In its place: the address of a stream (rtsp, http, https), without its password.'),
    inputUsername: login.describe('User name at that address.'),
    inputPasswordFile: path.describe('File that holds the password of that user and nothing else.'),
    distanceMeters: z
      .number()
      .min(DISTANCES.least)
      .max(DISTANCES.most)
      .default(USUAL_DISTANCE)
      .describe('How far away people are at most, in meters: the detector is set so that it finds their faces.'),
    fieldOfViewDegrees: z
      .number()
      .min(5)
      .max(170)
      .nullable()
      .default(null)
      .describe('How much the lens sees from left to right, in degrees; null where it is not known.'),
    broker: z
      .string()
      .refine(
        (text) => text === AUTO || text === EMBEDDED || isBrokerAddress(text),
        `must be ${AUTO}, ${EMBEDDED} or an address such as mqtt://broker.example:1883`,
      )
      .refine((text) => !hasCredentials(text), 'must not hold credentials: use brokerUsername and brokerPasswordFile')
      .describe(
        `Address of the broker; or embedded for the one within, which players on the same machine can use; or auto for the one at ${LOCAL_BROKER} where there is one, else embedded.`,
      ),
    brokerUsername: login.describe('User name at the broker.'),
    brokerPasswordFile: path.describe('File that holds the password of that user and nothing else.'),
    privacy: z
      .enum([COUNT_ONLY, 'age-and-gender'])
      .describe('What is estimated of people: with count-only neither age nor gender.'),
    minorsGate: z
      .boolean()
      .default(true)
      .describe('Whether viewers who may be under 18 set no trigger and are told without a gender.'),
    k: kThreshold.describe(
      'In statistics, an age group and gender of fewer people is told as unknown; 1 withholds nothing.',
    ),
    site: topicLevel.nullable().default(null).describe('Group of screens, a part of every topic; null leaves it.'),
    screen: topicLevel.nullable().default(null).describe('This screen, a part of every topic; null leaves it.'),
    timezone: z
      .string()
      .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
      .nullable()
      .default(null)
      .describe('Time zone in which days begin; null leaves it.'),
  })
  .refine(({ camera, input }) => camera || input, {
    ...alsoIncomplete,
    path: ['camera'],
    message: `has to be given, at least as ${AUTO}, where there is no input`,
  })
  .refine(({ camera, input }) => !(camera && input), {
    ...alsoIncomplete,
    path: ['input'],
    message: 'contradicts camera: take one of them out',
  })
  .refine(({ input, inputUsername }) => !(inputUsername && !input), needs('inputUsername', 'input'))
  .refine((all) => !(all.inputPasswordFile && !all.inputUsername), needs('inputPasswordFile', 'inputUsername'))
  .refine(({ broker, brokerUsername }) => !(brokerUsername && broker === EMBEDDED), {
    ...alsoIncomplete,
    path: ['brokerUsername'],
    message: `contradicts broker: ${EMBEDDED}, which knows no users`,
  })
  .refine(({ broker, brokerUsername }) => !(brokerUsername && broker === AUTO), {
    ...alsoIncomplete,
    path: ['brokerUsername'],
    message: `contradicts broker: ${AUTO}, which may be one without users: give the address`,
  })
  .refine((all) => !(all.brokerPasswordFile && !all.brokerUsername), needs('brokerPasswordFile', 'brokerUsername'))
  .refine(({ privacy, minorsGate }) => !(privacy === COUNT_ONLY && minorsGate === false), {
    ...alsoIncomplete,
    path: ['minorsGate'],
    message: `contradicts privacy: ${COUNT_ONLY}, which estimates no age`,
  })
  .refine(({ privacy, k }) => !(privacy === COUNT_ONLY && k > 1), {
    ...alsoIncomplete,
    path: ['k'],
    message: `contradicts privacy: ${COUNT_ONLY}, which estimates neither age nor gender`,
  });

/** What auto means; a broker that is null is the embedded one. */
export type Found = Readonly<{ camera: string; broker: string | null }>;

/** Throws a ConfigError that lists every problem. */
export function readAnswers(file: string, found: Found): Answers {
  const raw = readYaml(file, 'onlooker setup --print-answers > FILE makes one') ?? {};
  // So that one that is missing is told in the words for one that is wrong.
  const parsed = answersSchema.safeParse(isMap(raw) ? { broker: '', ...raw } : raw);
  const input = readPassword(raw, ['inputPasswordFile']);
  const broker = readPassword(raw, ['brokerPasswordFile']);
  const problems = [
    ...(parsed.error ? problemsOf(parsed.error.issues, raw, keyTreeOf(answersSchema)) : []),
    ...input.problems,
    ...broker.problems,
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(file, problems);
  const { camera, inputUsername, brokerUsername, privacy, ...answers } = parsed.data;
  return {
    ...answers,
    source: {
      camera: camera === AUTO ? found.camera : camera,
      input: answers.input,
      login: inputUsername === null ? null : { username: inputUsername, password: input.text },
    },
    broker: {
      url: answers.broker === AUTO ? found.broker : answers.broker === EMBEDDED ? null : answers.broker,
      login: brokerUsername === null ? null : { username: brokerUsername, password: broker.text },
    },
    estimatesAgeAndGender: privacy !== COUNT_ONLY,
  };
}

/** A file of answers to start one of your own from. */
export function exampleAnswers(): string {
  const tree = keyTreeOf(answersSchema);
  const values = answersSchema.parse({ camera: AUTO, broker: AUTO, privacy: 'age-and-gender' });
  return `# Answers for onlooker setup --answers FILE: those that have no default have to be given.\n\n${commentedYaml(tree, values)}`;
}

function needs(key: string, other: string) {
  return { ...alsoIncomplete, path: [key], message: `needs ${other}` };
}
