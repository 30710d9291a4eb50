// What Enter takes: what is configured, or else what is found.
import { existsSync } from 'node:fs';
import type { AttachedCamera, Machine } from '../capture/attached/attached-camera.ts';
import type { Config } from '../config/load.ts';
import { type Answers, type Found, USUAL_DISTANCE } from './answers.ts';
import { configuredReach } from './face-facts.ts';
import { LOCAL_BROKER, localBroker } from './local-broker.ts';

/** What is there before any answer. */
export type Before = Readonly<{
  config: Config;
  /** Whether somebody configured it, not the package. */
  isChanged: boolean;
  cameras: readonly AttachedCamera[];
  fallbackCamera: string;
  packEstimates: boolean;
  stateFolder: string;
}>;

export async function draftOf(before: Before): Promise<Answers> {
  const { config, isChanged, cameras, fallbackCamera, packEstimates, stateFolder } = before;
  const { source, detector, mqtt, privacy, triggers } = config;
  const camera = source.camera ?? (source.input === null ? (cameras[0]?.camera ?? fallbackCamera) : null);
  const eye = { source: { camera, input: source.input, login: null }, fieldOfViewDegrees: null };
  return {
    ...eye,
    distanceMeters: detector.farWidth === null ? USUAL_DISTANCE : configuredReach(config, eye, cameras),
    broker: { url: isChanged ? mqtt.url : await localBroker(stateFolder), login: null },
    estimatesAgeAndGender: packEstimates,
    minorsGate: triggers.minors.gate,
    k: privacy.k,
    ...{ site: null, screen: null, timezone: null },
  };
}

/** What auto means in a file of answers. */
export async function foundIn({ config, isChanged, cameras, fallbackCamera, stateFolder }: Before): Promise<Found> {
  const camera = cameras.find(({ problem }) => problem === null)?.camera ?? fallbackCamera;
  // The same at every start of the machine, also before that broker is there.
  const isKept = isChanged && config.mqtt.url === LOCAL_BROKER;
  return { camera, broker: isKept ? LOCAL_BROKER : await localBroker(stateFolder) };
}

/** Onlooker waits for it. */
export function fallbackCamera({ isInstalled }: Machine): string {
  return ['rpicam-vid', 'libcamera-vid'].some(isInstalled) ? 'rpicam' : '/dev/video0';
}

/** What is to be told behind its name; empty where it is there. */
export function cameraTrouble(camera: string, cameras: readonly AttachedCamera[]): string {
  const found = cameras.find((one) => one.camera === camera || one.device === camera);
  if (found !== undefined) return found.problem === null ? '' : ` (${found.problem})`;
  // The list knows none of raspistill.
  const isThere = camera.startsWith('/dev/')
    ? existsSync(camera)
    : camera.startsWith('raspistill') || cameras.some(({ kind }) => camera.startsWith(kind));
  return isThere ? '' : ' (it is not there: Onlooker waits for it; onlooker cameras lists those that are)';
}

/** Whether a service that measures with the draft may hold what the answers name: a camera of this machine has several names. */
export function mayBeHeld({ source: { input } }: Answers, { source: held }: Answers): boolean {
  return input === null ? held.camera !== null : input === held.input;
}

/** Whether the answers are about the same people, seen by the same camera. */
export function isSameScene(answers: Answers, draft: Answers): boolean {
  const { source, distanceMeters } = answers;
  return (
    source.camera === draft.source.camera &&
    source.input === draft.source.input &&
    distanceMeters === draft.distanceMeters
  );
}
