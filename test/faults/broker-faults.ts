// The faults of the broker in the kill matrix.
import { eventually } from '../support/eventually.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { startStubbornBroker } from '../support/stubborn-broker.ts';
import { isOnline, LISTEN_MS, PATIENCE_MS, PAUSES_MS, passes } from './bounds.ts';
import type { Fault } from './cell.ts';

const HOURS_MS = 3 * 3_600_000;

export const brokerRestarted: Fault = {
  name: 'broker restart, remembers',
  strike: ({ mosquitto }) => mosquitto.stop(),
  isRight: null,
  heal: (stage) => stage.startBroker(),
  knownWithinMs: PAUSES_MS + LISTEN_MS,
};

export const brokerForgets: Fault = {
  name: 'broker restart, forgets',
  strike: ({ mosquitto }) => mosquitto.kill(),
  isRight: null,
  // What it takes over before the consumer is back is lost (docs/guarantees.md), so that the daemon has to come second.
  heal: async (stage) => {
    stage.daemonNetwork.hold();
    await stage.startBroker({ remembers: false });
    await eventually(() => stage.rollups.isSubscribed, Boolean, PATIENCE_MS);
    stage.daemonNetwork.restore();
  },
  knownWithinMs: PAUSES_MS + LISTEN_MS,
};

export function hoursAway(clock: ManualClock): Fault {
  return {
    name: 'reconnect after hours',
    strike: ({ mosquitto }) => mosquitto.stop(),
    isRight: null,
    lasts: async () => {
      const until = clock.monotonicNow() + HOURS_MS;
      // In steps, so that the other cells of this process are served.
      await eventually(
        () => {
          clock.advance(10_000);
          return clock.monotonicNow();
        },
        (now) => now >= until,
        120_000,
      );
    },
    // It remembers what was said hours ago, and tells it to one who comes while the daemon still listens for another one.
    heal: async (stage) => {
      await stage.startBroker();
      const connections = () => {
        clock.advance(100);
        return stage.first.stdout().split('"connected to the broker"').length - 1;
      };
      await eventually(connections, (count) => count === 2, PATIENCE_MS);
      await passes(clock, LISTEN_MS / 2);
      stage.join();
    },
    // The longest pause between two attempts.
    knownWithinMs: 1.2 * 30_000 + LISTEN_MS,
  };
}

export const brokerRefuses: Fault = {
  name: 'broker refuses',
  strike: async (stage) => {
    await stage.mosquitto.kill();
    await stage.startBroker({ password: 'another' });
  },
  isRight: null,
  lasts: ({ first }) => eventually(first.stdout, (text) => text.includes('"reason":"refused: ')),
  heal: async (stage) => {
    await stage.mosquitto.kill();
    await stage.startBroker();
  },
  knownWithinMs: PAUSES_MS + LISTEN_MS,
};

export function brokerStubborn(): Fault {
  let close = async (): Promise<void> => undefined;
  return {
    name: 'broker accepts, never acknowledges',
    strike: async (stage) => {
      await stage.mosquitto.kill();
      const stubborn = await startStubbornBroker(stage.port);
      close = stubborn.close;
      await eventually(stubborn.given, (given) => given > 0, PATIENCE_MS);
    },
    isRight: null,
    lasts: ({ first }) => first.logged('connecting to the broker anew'),
    heal: async (stage) => {
      await close();
      await stage.startBroker();
    },
    knownWithinMs: PAUSES_MS + LISTEN_MS,
  };
}

/** The broker has taken everything over, and the daemon never learns of it: it sends again, and the ids are the same. */
export const acknowledgmentsLost: Fault = {
  name: 'acknowledgments get lost',
  strike: ({ daemonNetwork }) => daemonNetwork.losesAcknowledgments(true),
  isHarmless: true,
  isRight: isOnline,
  lasts: ({ first }) => first.logged('connecting to the broker anew'),
  heal: ({ daemonNetwork }) => daemonNetwork.losesAcknowledgments(false),
  knownWithinMs: PAUSES_MS + LISTEN_MS,
};
