// Asks for the answers one by one, each with what Enter takes, and shows what comes of each before the next.
import { isStreamAddress, withoutCredentials } from '../capture/address.ts';
import type { AttachedCamera } from '../capture/attached/attached-camera.ts';
import { hasCredentials, isBrokerAddress } from '../config/checks.ts';
import { K_BOUNDS } from '../config/privacy-schema.ts';
import { CAMERA_NAME } from '../config/source-schema.ts';
import type { Finding } from '../doctor/finding.ts';
import { type Answers, DISTANCES, EMBEDDED, type Login } from './answers.ts';
import { LOCAL_BROKER } from './local-broker.ts';
import type { BrokerTrial } from './look-around.ts';

export type Dialog = Readonly<{
  say(line: string): void;
  /** What was typed, without white space around it. */
  ask(question: string): Promise<string>;
  /** What is typed is not shown. */
  askSecret(question: string): Promise<string>;
}>;

/** What can be seen of the machine and around it. */
export type Surroundings = Readonly<{
  cameras: readonly AttachedCamera[];
  /** Shows what the camera sees; returns why it does not, or null. */
  showStill(answers: Answers): Promise<string | null>;
  /** How large the faces are, in lines. */
  tellFaces(answers: Answers): Promise<readonly string[]>;
  tryBroker(answers: Answers): Promise<BrokerTrial>;
}>;

/** `draft` holds what Enter takes. */
export async function askAnswers(dialog: Dialog, draft: Answers, around: Surroundings): Promise<Answers> {
  const seen = await askCamera(dialog, draft, around);
  const far = await askDistance(dialog, seen, around);
  const told = await askBroker(dialog, far, around);
  return askPrivacy(dialog, told);
}

async function askCamera(dialog: Dialog, draft: Answers, { cameras, showStill }: Surroundings): Promise<Answers> {
  dialog.say('\n1/3  Camera');
  cameras.forEach(({ name, camera, problem }, index) => {
    dialog.say(`  ${index + 1}  ${name} (${camera})${problem === null ? '' : `: ${problem}`}`);
  });
  if (cameras.length === 0) dialog.say('  None was found. Onlooker waits for the one that is named here.');
  let answers = draft;
  for (let tried: string | null = null; ; ) {
    const { camera, input } = answers.source;
    const now = camera ?? withoutCredentials(input ?? '');
    const text = await dialog.ask(
      `Which one: a number above, a name such as /dev/video0 or rpicam, or an rtsp:// address? [${now}] `,
    );
    // Enter after a camera that gave no picture means it all the same.
    if (text === '' && tried === now) return answers;
    const source = text === '' ? answers.source : sourceIn(text, cameras);
    if (source === null) {
      dialog.say('That is no number above, no name of a camera and no address of a stream.');
      continue;
    }
    answers = { ...answers, source };
    const problem = await showStill(answers);
    if (problem === null) return answers;
    dialog.say(`${problem}.`);
    dialog.say('Enter keeps it all the same, and Onlooker waits for it.');
    tried = source.camera ?? withoutCredentials(source.input ?? '');
  }
}

function sourceIn(text: string, cameras: readonly AttachedCamera[]): Answers['source'] | null {
  const camera = cameras[Number(text) - 1]?.camera ?? (CAMERA_NAME.test(text) ? text : null);
  if (camera !== null) return { camera, input: null, login: null };
  const parts = isStreamAddress(text) && URL.canParse(text) ? apart(text) : null;
  return parts && { camera: null, input: parts.address, login: parts.login };
}

async function askDistance(dialog: Dialog, draft: Answers, { tellFaces }: Surroundings): Promise<Answers> {
  for (;;) {
    const text = await dialog.ask(`How far away are people at most, in meters? [${draft.distanceMeters}] `);
    const distanceMeters = text === '' ? draft.distanceMeters : Number(text.replace(/ *m$/, '').replace(',', '.'));
    if (distanceMeters >= DISTANCES.least && distanceMeters <= DISTANCES.most) {
      const answers = { ...draft, distanceMeters };
      for (const line of await tellFaces(answers)) dialog.say(line);
      return answers;
    }
    dialog.say(`That is no number from ${DISTANCES.least} to ${DISTANCES.most}.`);
  }
}

async function askBroker(dialog: Dialog, draft: Answers, { tryBroker }: Surroundings): Promise<Answers> {
  dialog.say('\n2/3  Broker');
  dialog.say(`  ${EMBEDDED}: the one within Onlooker, for players on this machine`);
  let answers = draft;
  for (let tried: string | null = null; ; ) {
    const now = answers.broker.url ?? EMBEDDED;
    const text = await dialog.ask(
      `Which one: ${EMBEDDED}, or an address such as mqtt://broker.example:1883? [${now}] `,
    );
    if (text === '' && tried === now) return answers;
    const broker = text === '' ? answers.broker : brokerIn(text);
    if (broker === null) {
      dialog.say(`That is neither ${EMBEDDED} nor an address that begins with mqtt://, mqtts://, ws:// or wss://.`);
      continue;
    }
    answers = { ...answers, broker };
    let trial = await tryBroker(answers);
    if (trial.isRefused) {
      dialog.say(trial.finding.detail);
      answers = { ...answers, broker: { ...answers.broker, login: await askLogin(dialog) } };
      trial = await tryBroker(answers);
    }
    tellFinding(dialog, trial.finding);
    if (trial.finding.state !== 'fail') return answers;
    if (trial.isImpossible) {
      answers = { ...answers, broker: { url: LOCAL_BROKER, login: null } };
      continue;
    }
    dialog.say('Enter keeps it all the same: what is to be told waits until it is there.');
    tried = broker.url ?? EMBEDDED;
  }
}

function brokerIn(text: string): Answers['broker'] | null {
  if (text === EMBEDDED) return { url: null, login: null };
  const parts = isBrokerAddress(text) ? apart(text) : null;
  return parts && { url: parts.address, login: parts.login };
}

async function askLogin(dialog: Dialog): Promise<Login | null> {
  const username = await dialog.ask('User name at the broker? [none] ');
  if (username === '') return null;
  const password = await dialog.askSecret('Password? [none] ');
  return { username, password: password === '' ? null : password };
}

const PRIVACY = [
  { estimatesAgeAndGender: false, minorsGate: true, words: 'counts, durations and attention; neither age nor gender' },
  {
    estimatesAgeAndGender: true,
    minorsGate: true,
    words: 'age groups and gender, too; whoever may be under 18 sets no trigger and is told without gender',
  },
  { estimatesAgeAndGender: true, minorsGate: false, words: 'age groups and gender of everybody' },
] as const;

async function askPrivacy(dialog: Dialog, draft: Answers): Promise<Answers> {
  dialog.say('\n3/3  Privacy: what is estimated of the people (no picture is ever stored or sent)');
  PRIVACY.forEach(({ words }, index) => {
    dialog.say(`  ${index + 1}  ${words}`);
  });
  const { estimatesAgeAndGender, minorsGate } = draft;
  const now = estimatesAgeAndGender ? (minorsGate ? 2 : 3) : 1;
  for (;;) {
    const text = await dialog.ask(`Which one? [${now}] `);
    const chosen = PRIVACY[Number(text === '' ? now : text) - 1];
    if (chosen !== undefined) {
      const { words: _, ...choice } = chosen;
      return choice.estimatesAgeAndGender ? askK(dialog, { ...draft, ...choice }) : { ...draft, ...choice };
    }
    dialog.say(`That is no number from 1 to ${PRIVACY.length}.`);
  }
}

async function askK(dialog: Dialog, draft: Answers): Promise<Answers> {
  for (;;) {
    const text = await dialog.ask(
      `Age group and gender of fewer than how many people are told as unknown, in statistics? 1: of none. [${draft.k}] `,
    );
    const k = text === '' ? draft.k : Number(text);
    if (Number.isInteger(k) && k >= K_BOUNDS.least && k <= K_BOUNDS.most) return { ...draft, k };
    dialog.say(`That is no whole number from ${K_BOUNDS.least} to ${K_BOUNDS.most}.`);
  }
}

export function tellFinding({ say }: Pick<Dialog, 'say'>, { detail, remedy }: Finding): void {
  say(detail);
  if (remedy !== null) say(`  → ${remedy}`);
}

/** The address without whom it is for, since that is kept elsewhere; null where that cannot be read or is a password alone. */
function apart(text: string): Readonly<{ address: string; login: Login | null }> | null {
  if (!hasCredentials(text)) return { address: text, login: null };
  const url = new URL(text);
  const username = unescaped(url.username);
  const password = unescaped(url.password);
  if (username === null || username === '' || password === null) return null;
  url.username = '';
  url.password = '';
  return { address: url.href, login: { username, password: password === '' ? null : password } };
}

/** Null where percent signs do not stand for bytes of UTF-8. */
function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
