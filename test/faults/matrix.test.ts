// The kill matrix: every fault of daemon, sensor, broker and network, and what a consumer was made to believe by it.
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/daemon/clock.ts';
import { manualClock } from '../support/manual-clock.ts';
import { noMosquitto } from '../support/mosquitto.ts';
import * as brokerFaults from './broker-faults.ts';
import { type Cell, type Fault, type Figures, play } from './cell.ts';
import * as daemonFaults from './daemon-faults.ts';
import { matrixTable } from './matrix-table.ts';
import * as networkFaults from './network-faults.ts';
import { camera, inProcess } from './screens.ts';
import { complaints } from './verdict.ts';

/** Two cores play so many daemons in real time. */
const AT_ONCE = 3;
const PACE_MS = 20;

const all: readonly Cell[] = [
  // The long ones first, so that all end together.
  ...onMosquitto(brokerFaults.acknowledgmentsLost),
  cell(brokerFaults.brokerStubborn(), 'mosquitto', 4),
  cell(daemonFaults.sensorStopped, 'mosquitto', 5, { screen: camera }),
  cell(daemonFaults.sensorStopped, 'embedded', 4, { screen: camera }),
  cell(daemonFaults.sensorKilled, 'mosquitto', 4, { screen: camera }),
  cell(daemonFaults.sensorKilled, 'embedded', 4, { screen: camera }),
  hoursAway(4),
  hoursAway(5),
  ...onMosquitto(networkFaults.networkCut),
  ...onMosquitto(networkFaults.joinsTheDead),
  cell(networkFaults.firstOfTwoCut, 'mosquitto', 4),
  ...onMosquitto(networkFaults.networkHeld),
  ...onMosquitto(brokerFaults.brokerRestarted),
  ...onMosquitto(brokerFaults.brokerForgets),
  ...onMosquitto(brokerFaults.brokerRefuses),
  ...onMosquitto(daemonFaults.firstOfTwoKilled),
  ...onMosquitto(daemonFaults.twoDaemons),
  ...onMosquitto(daemonFaults.daemonKilled),
  cell(daemonFaults.withBroker(daemonFaults.daemonKilled), 'embedded', 4),
  ...onMosquitto(daemonFaults.daemonStopped),
  cell(daemonFaults.withBroker(daemonFaults.daemonStopped), 'embedded', 4),
  cell(networkFaults.playerCut, 'mosquitto', 5),
  cell(networkFaults.playerCut, 'embedded', 4),
  ...onMosquitto(daemonFaults.lateWill),
  ...onMosquitto(networkFaults.joinsLate),
  cell(networkFaults.joinsLate, 'embedded', 4),
];

/** ONLOOKER_CELLS='network|mosquitto 5' plays only those of which it matches fault, broker or protocol. */
const wanted = new RegExp(process.env['ONLOOKER_CELLS'] ?? '');
const cells = all.filter((one) => wanted.test(nameOf(one)));
const results = new Map<Cell, Figures | Error>();

it('the matrix is played', async () => {
  const queue = cells.filter((one) => !lacksMosquitto(one));
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      results.set(next, await play(next).catch((error: Error) => error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(matrixTable(results));
}, 900_000);

describe.each(cells.map((one) => [nameOf(one), one] as const))('%s', (_, one) => {
  it.skipIf(lacksMosquitto(one))('never stale, never late, and told in time (needs its broker)', () => {
    const figures = results.get(one);
    if (figures === undefined || figures instanceof Error) throw figures ?? new Error('it was not played');
    expect(complaints(one, figures)).toEqual([]);
    expect(figures.events).toBeGreaterThan(0);
    // In the others no period has to end.
    if (one.screen === undefined) expect(figures.rollups?.stored).not.toBe(0);
  });
});

function onMosquitto(fault: Fault): readonly Cell[] {
  return [cell(fault, 'mosquitto', 4), cell(fault, 'mosquitto', 5)];
}

function lacksMosquitto({ broker }: Cell): boolean {
  return noMosquitto && broker === 'mosquitto';
}

/** The clock goes as fast as any, but for the hours that the fault lets pass. */
function hoursAway(protocolVersion: 4 | 5): Cell {
  const clock = manualClock(Date.now());
  const pace = () => onTestFinished(systemClock.every(PACE_MS, () => clock.advance(PACE_MS)));
  return cell(brokerFaults.hoursAway(clock), 'mosquitto', protocolVersion, {
    screen: () => inProcess(clock, pace),
    clock,
  });
}

function cell(
  fault: Fault,
  broker: Cell['broker'],
  protocolVersion: 4 | 5,
  options: Pick<Cell, 'screen' | 'clock'> = {},
): Cell {
  return { fault, broker, protocolVersion, ...options };
}

function nameOf({ fault, broker, protocolVersion }: Cell): string {
  return `${fault.name}: ${broker} ${protocolVersion}`;
}
