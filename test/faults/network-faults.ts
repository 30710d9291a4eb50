// The faults of the networks in the kill matrix, and consumers who come late.
import { eventually } from '../support/eventually.ts';
import {
  BEAT_MS,
  isOffline,
  isOnline,
  isQuiet,
  LISTEN_MS,
  PATIENCE_MS,
  PAUSES_MS,
  passes,
  ROUND_MS,
} from './bounds.ts';
import type { Fault } from './cell.ts';
import { TTL_MS } from './stage.ts';

export const networkCut: Fault = {
  name: 'network cut',
  strike: ({ daemonNetwork }) => daemonNetwork.cut(),
  noticed: ({ daemonNetwork }) => eventually(daemonNetwork.brokerHasGivenUp, Boolean, PATIENCE_MS),
  isRight: isOffline,
  heal: ({ daemonNetwork }) => daemonNetwork.restore(),
  knownWithinMs: PAUSES_MS + LISTEN_MS,
};

/** Shorter than the broker needs to notice: what TCP holds back arrives in the end, unless the daemon has given it up. */
export const networkHeld: Fault = {
  name: 'network holds back',
  strike: ({ daemonNetwork }) => daemonNetwork.hold(),
  isRight: null,
  lasts: ({ clock }) => passes(clock, 1.5 * TTL_MS),
  heal: ({ daemonNetwork }) => daemonNetwork.restore(),
  knownWithinMs: PAUSES_MS + LISTEN_MS,
};

export const playerCut: Fault = {
  name: "player's network cut",
  strike: ({ playerNetwork }) => playerNetwork.cut(),
  isRight: null,
  heal: ({ playerNetwork }) => playerNetwork.restore(),
  // The consumer, too, has to notice.
  knownWithinMs: BEAT_MS + 5 * ROUND_MS,
};

/** The second takes over, and the first has to notice when it is back. */
export const firstOfTwoCut: Fault = {
  name: "first of two daemons' network cut",
  prepare: async (stage) => isQuiet(await stage.startScreen({ direct: true })),
  strike: ({ daemonNetwork }) => daemonNetwork.cut(),
  // Two have a say; who has the last word is looked at in the end.
  isRight: null,
  // The first one has not noticed yet.
  lasts: ({ consumers: [consumer] }) =>
    eventually(
      () => consumer?.news(),
      (news) => news !== 0,
      PATIENCE_MS,
    ),
  heal: ({ daemonNetwork }) => daemonNetwork.restore(),
  knownWithinMs: LISTEN_MS + ROUND_MS,
  ends: async (stage) => {
    await isQuiet(stage.first);
    // What it said before it noticed is still on its way.
    await passes(stage.clock, ROUND_MS);
    await stage.hearOf(stage.first.session);
  },
};

export const joinsLate: Fault = {
  name: 'consumer joins late',
  strike: (stage) => {
    stage.join();
  },
  isHarmless: true,
  isRight: isOnline,
  knownWithinMs: BEAT_MS + ROUND_MS,
};

export const joinsTheDead: Fault = {
  ...networkCut,
  name: 'consumer joins a dead screen',
  strike: async (stage) => {
    stage.daemonNetwork.cut();
    const { told } = stage.join();
    // What the broker retains of the dead.
    await eventually(
      () => told.length,
      (count) => count > 0,
    );
  },
};
