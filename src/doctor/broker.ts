// Checks the way to the players: the broker of the configuration, or the port of the embedded one.
import type { Config } from '../config/load.ts';
import { topicPrefix } from '../contract/topics.ts';
import type { Clock } from '../daemon/clock.ts';
import { brokerAddress } from '../mqtt/broker-address.ts';
import { type RoundTrip, roundTrip } from '../mqtt/round-trip.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { hasOpenIn, type PortFacts, portFacts } from './port-holder.ts';

export type BrokerFacts = Readonly<
  | { kind: 'external'; shown: string; username: string | null; topic: string; trip: RoundTrip }
  /** `trip` is that through the broker which the running daemon has there; null where none was made. */
  | { kind: 'embedded'; ports: readonly PortFacts[]; daemonRuns: boolean | null; trip: RoundTrip | null }
>;

type BrokerSetup = Readonly<{
  config: Pick<Config, 'mqtt' | 'site' | 'screen'>;
  password: string | null;
  /** Of the daemon whose broker it may be. */
  stateFolder: string;
  daemonRuns: boolean | null;
  clock: Clock;
}>;

const LIMIT_MS = 4000;

export async function brokerFacts(setup: BrokerSetup): Promise<BrokerFacts> {
  const { config, password, stateFolder, daemonRuns, clock } = setup;
  const { url, username, port, webSocketPort, protocolVersion } = config.mqtt;
  const topic = `${topicPrefix(config)}/doctor`;
  const clientId = `onlooker-doctor-${process.pid}-${clock.wallNow()}`;
  const travel = (to: string) =>
    roundTrip({ url: to, username, password, protocolVersion, clientId, topic, limitMs: LIMIT_MS }, clock);
  if (url !== null) {
    const { shown } = brokerAddress(url, username, password);
    return { kind: 'external', shown, username, topic, trip: await travel(url) };
  }
  const asked = [port, ...(webSocketPort === null ? [] : [webSocketPort])].filter((one) => one !== 0);
  const ports = await Promise.all(asked.map(portFacts));
  const [first] = ports;
  const isOwn = first?.state === 'taken' && first.holder !== null && hasOpenIn(stateFolder, first.holder);
  // Which port a broker on any free one has is not known from outside; that for pages is.
  const scheme = first?.port === port ? 'mqtt' : 'ws';
  const trip = isOwn ? await travel(`${scheme}://127.0.0.1:${first.port}`) : null;
  return { kind: 'embedded', ports, daemonRuns, trip };
}

export function judgeBroker(facts: BrokerFacts): Finding {
  return facts.kind === 'external' ? judgeExternal(facts) : judgeEmbedded(facts);
}

function judgeExternal({ shown, username, topic, trip }: Extract<BrokerFacts, { kind: 'external' }>): Finding {
  const who = username === null ? '' : ` as ${username}`;
  if (trip.kind === 'returned') {
    return ok('broker', `${shown} took a message${who} and gave it back in ${trip.milliseconds} ms`);
  }
  const { step, isRefused, words } = trip;
  if (step !== 'connect') {
    const remedy = `let ${username ?? 'everybody'} read and write ${topic.replace(/doctor$/, '#')} at the broker`;
    return fail('broker', `${shown}${who}: ${TROUBLES[step]} ${topic} (${words})`, remedy);
  }
  const remedy = isRefused
    ? 'check mqtt.username, mqtt.passwordFile and mqtt.protocolVersion'
    : 'check mqtt.url, that the broker runs, and the network between';
  return fail('broker', `${shown}${who}: ${words}`, remedy);
}

const TROUBLES = {
  subscribe: 'cannot subscribe to',
  publish: 'cannot publish to',
  return: 'nothing comes back on',
} as const;

function judgeEmbedded({ ports, daemonRuns, trip }: Extract<BrokerFacts, { kind: 'embedded' }>): Finding {
  const [wrong] = ports.filter(({ state }) => state !== 'free');
  const numbers = ports.map(({ port }) => port).join(', ');
  if (trip !== null) {
    return trip.kind === 'returned'
      ? ok(
          'broker',
          `embedded: the running daemon listens on ${numbers} and gave a message back in ${trip.milliseconds} ms`,
        )
      : fail('broker', `embedded: port ${numbers} takes no message (${trip.words})`, 'restart the daemon');
  }
  if (wrong?.state === 'refused') return fail('broker', `embedded: ${wrong.words}`, ANOTHER_PORT);
  if (wrong?.state === 'taken') {
    const { holder } = wrong;
    const who =
      holder === null ? 'a program of another user (root is told which)' : `${holder.command} (process ${holder.pid})`;
    const remedy = `point mqtt.url at the broker that is there, or ${ANOTHER_PORT}; if it is Onlooker itself, name its folder with --state`;
    return fail('broker', `embedded: port ${wrong.port} is taken by ${who}`, remedy);
  }
  if (ports.length === 0) return ok('broker', 'embedded, on any free port');
  return daemonRuns === true
    ? warn(
        'broker',
        `embedded: the running daemon does not listen on ${numbers}`,
        'name its configuration with --config',
      )
    : ok('broker', `embedded: port ${numbers} is free`);
}

const ANOTHER_PORT = 'choose another mqtt.port (or mqtt.webSocketPort)';
