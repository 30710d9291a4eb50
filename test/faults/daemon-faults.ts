// The faults of daemon and sensor in the kill matrix, and what becomes of two daemons for one screen.
import { connectAsync } from 'mqtt';
import { availabilityPayload } from '../../src/contract/availability.ts';
import { topicOf } from '../../src/contract/topics.ts';
import { SCREEN } from '../e2e/messages.ts';
import { eventually } from '../support/eventually.ts';
import { familyOf } from '../support/processes.ts';
import { BEAT_MS, isOffline, isOnline, isQuiet, LISTEN_MS, ROUND_MS, START_MS } from './bounds.ts';
import type { Fault } from './cell.ts';
import type { Stage } from './stage.ts';

/** The sensor, which has nets to load. */
const SENSOR_START_MS = 20_000;
/** A hung sensor is given up after so long, and the pair is started anew. */
const STALL_MS = 5000;

export const daemonKilled: Fault = {
  name: 'daemon SIGKILL',
  strike: ({ first }) => first.kill('SIGKILL'),
  isRight: isOffline,
  heal: (stage) => stage.restartScreen(),
  knownWithinMs: START_MS + LISTEN_MS,
};

export const daemonStopped: Fault = {
  name: 'daemon SIGTERM',
  strike: ({ first }) => first.kill('SIGTERM'),
  isRight: ({ state, session }, { first }) => state === 'stopped' && session === first.session,
  lasts: ({ first }) => first.ended,
  heal: (stage) => stage.restartScreen(),
  knownWithinMs: START_MS + LISTEN_MS,
};

/** What happens when the broker is in the daemon. */
export function withBroker(fault: Fault): Fault {
  return { ...fault, isRight: null };
}

export const sensorKilled: Fault = {
  name: 'sensor SIGKILL',
  strike: ({ first }) => process.kill(sensorOf(first), 'SIGKILL'),
  isRight: isOnline,
  knownWithinMs: SENSOR_START_MS,
};

export const sensorStopped: Fault = {
  name: 'sensor SIGSTOP',
  strike: ({ first }) => process.kill(sensorOf(first), 'SIGSTOP'),
  isRight: isOnline,
  knownWithinMs: STALL_MS + SENSOR_START_MS,
};

export const twoDaemons: Fault = {
  name: 'two daemons, one screen',
  strike: async (stage) => {
    await isQuiet(await stage.startScreen({ direct: true }));
  },
  isHarmless: true,
  isRight: ({ state, session }, { first }) => state === 'online' && session === first.session,
  lasts: (stage) => stage.hearOf(stage.latest.session),
  heal: async ({ screens }) => {
    // It is not the one that has the last word.
    const second = screens.pop();
    second?.kill('SIGKILL');
    await second?.ended;
  },
  knownWithinMs: BEAT_MS + ROUND_MS,
};

export const firstOfTwoKilled: Fault = {
  name: 'first of two daemons SIGKILL',
  prepare: async (stage) => isQuiet(await stage.startScreen({ direct: true })),
  strike: ({ first }) => first.kill('SIGKILL'),
  isRight: (told, stage) => isOffline(told, stage) || isOnline(told, stage),
  knownWithinMs: LISTEN_MS + ROUND_MS,
};

export const lateWill: Fault = {
  name: 'late will of an old session',
  strike: async ({ playerNetwork, account }) => {
    const payload = Buffer.from(JSON.stringify(availabilityPayload('offline', 'old', 0)));
    const will = { topic: topicOf(SCREEN, 'availability'), payload, qos: 1 as const, retain: true };
    const corpse = await connectAsync(playerNetwork.url, { ...account, reconnectPeriod: 0, will });
    corpse.stream.destroy();
  },
  isHarmless: true,
  noticed: ({ consumers: [consumer] }) =>
    eventually(
      () => consumer?.told.some(({ session }) => session === 'old'),
      (has) => has === true,
    ),
  isRight: isOnline,
  knownWithinMs: ROUND_MS,
};

function sensorOf({ pid }: Stage['first']): number {
  const family = familyOf(pid);
  if (family === null) throw new Error('the daemon has no sensor at the moment');
  return family.sensor;
}
