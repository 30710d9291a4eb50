// A camera before which people come and go for a day, and which fails as it is told; it stands in for capture program and sensor.
import type { Lens, PairPort } from '../../../src/daemon/eye/lens.ts';
import type { PairListener } from '../../../src/daemon/eye/pair.ts';
import type { AwayFault, PictureFault } from '../../../src/observation/fault.ts';
import type { CameraReading, Face } from '../../../src/observation/observation.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { boxAround, headerOf, observationAt } from '../../support/walk-past.ts';
import { CAMERA } from './fake-pair.ts';

export type Passer = Readonly<{ from: number; until: number; x: number }>;
export type Trouble = Readonly<{ from: number; until: number; fault: AwayFault | PictureFault }>;

export const PERIOD_MS = 500;
const LOADING_MS = 1500;
const NO_STAGES = { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 };

/** Until each is told, as in the sensor; the frames before are suspect, but for the first second of a frozen picture. */
const TOLD_AFTER_MS: Readonly<Record<PictureFault, number>> = {
  dark: 60_000,
  covered: 60_000,
  frozen: 30_000,
  blurred: 60_000,
  garbled: 2000,
  'too-fast': 5000,
};
const FROZEN_UNNOTICED_MS = 1000;

/** Both lists in order of time. */
export function troubledCamera(people: readonly Passer[], troubles: readonly Trouble[], clock: ManualClock): Lens {
  let streams = 0;
  const { wallAtZero: _, ...header } = headerOf({ clock: 'monotonic', periodMs: PERIOD_MS, live: true });
  const troubleAt = (at: number) => troubles.find(({ from, until }) => at >= from && at < until) ?? null;
  return {
    source: { ...CAMERA, periodMs: PERIOD_MS, device: null },
    header,
    startPair: (listener) => {
      streams += 1;
      return startPair(listener, streams * people.length, { people, troubleAt, clock });
    },
  };
}

type World = Readonly<{
  people: readonly Passer[];
  troubleAt: (at: number) => Trouble | null;
  clock: ManualClock;
}>;

function startPair(listener: PairListener, firstTrack: number, { people, troubleAt, clock }: World): PairPort {
  let isReady = false;
  let seq = 0;
  const startedAt = clock.monotonicNow();
  // Frames come at whole periods of the day, so that an undisturbed run sees the same ones.
  const firstAt = Math.ceil((startedAt + LOADING_MS) / PERIOD_MS) * PERIOD_MS;
  let cancel = clock.after(firstAt - startedAt, () => {
    cancel = clock.every(PERIOD_MS, frame);
    frame();
  });

  function frame(): void {
    const at = clock.monotonicNow();
    const trouble = troubleAt(at);
    if (trouble?.fault === 'hung') return;
    if (trouble !== null && !(trouble.fault in TOLD_AFTER_MS)) {
      cancel();
      // What is not a fault of the picture is one of these.
      listener.lost(trouble.fault as AwayFault, `is ${trouble.fault}`);
      return;
    }
    if (!isReady) listener.message({ kind: 'ready' });
    isReady = true;
    const since = trouble === null ? 0 : Math.max(trouble.from, firstAt);
    // A frozen picture goes on showing those who were there.
    const shownAt = trouble?.fault === 'frozen' ? since : at;
    const observation = observationAt(at, {
      seq,
      faces: facesAt(people, shownAt, firstTrack),
      state: trouble === null ? 'ok' : stateOf(trouble, at, since),
    });
    seq += 1;
    listener.message({
      kind: 'observation',
      observation: { ...observation, faces: [...observation.faces], looks: [] },
      stages: NO_STAGES,
      sentAt: at,
    });
  }

  return { acknowledge: () => undefined, processes: () => [], stop: async () => cancel() };
}

/** A picture that has not changed since the start of its stream is suspect from its first frame on. */
function stateOf(trouble: Trouble, at: number, since: number): CameraReading['state'] {
  const fault = trouble.fault as PictureFault; // the others have been told
  if (at - since >= TOLD_AFTER_MS[fault]) return fault;
  const isUnnoticed = since === trouble.from && at - since < FROZEN_UNNOTICED_MS;
  return fault === 'frozen' && isUnnoticed ? 'ok' : 'suspect';
}

function facesAt(people: readonly Passer[], at: number, firstTrack: number): readonly Face[] {
  return people.flatMap(({ from, until, x }, index) =>
    at < from || at >= until
      ? []
      : {
          box: boxAround(x, 200, 60),
          confidence: 0.9,
          keypoints: null,
          zoom: null,
          attending: true,
          changeRatio: 0.2,
          track: firstTrack + index,
        },
  );
}
