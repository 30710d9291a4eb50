// The commands that show in another terminal what a daemon says and has stored, to be copied as they are.
import type { Config } from '../config/load.ts';
import { topicPrefix } from '../contract/topics.ts';
import { PROGRAM } from '../daemon/installation.ts';

type Asked = Readonly<{
  brokerUrl: string;
  config: Config;
  /** As the command line named it. */
  configPath: string | undefined;
  stateFolder: string;
}>;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'mqtt:': '1883', 'mqtts:': '8883' };
/** Where the system keeps the certificates that it trusts; mosquitto_sub takes none by itself. */
const CERTIFICATES = '/etc/ssl/certs';

/** Lines that say where it speaks, and how to watch that. */
export function whereItSpeaks({ brokerUrl, config, configPath, stateFolder }: Asked): readonly string[] {
  const watch = watchCommand(brokerUrl, topicPrefix(config), config.mqtt.username);
  return [
    `Broker    ${brokerUrl}`,
    ...(watch === null ? [] : [`Watch     ${watch}`]),
    `State     ${statsCommand(stateFolder, configPath)}`,
  ];
}

/** Null where the clients of mosquitto cannot connect: before version 2.1 they know no WebSocket. */
export function watchCommand(brokerUrl: string, topics: string, username: string | null): string | null {
  const { protocol, hostname, port } = new URL(brokerUrl);
  const defaultPort = DEFAULT_PORTS[protocol];
  if (defaultPort === undefined) return null;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return [
    `mosquitto_sub -h ${host} -p ${port || defaultPort}`,
    ...(protocol === 'mqtts:' ? [`--capath ${CERTIFICATES}`] : []),
    ...(username === null ? [] : [`-u ${shellWord(username)} -P PASSWORD`]),
    `-t '${topics}/#' -v`,
  ].join(' ');
}

/** The configuration knows the screen, its time zone and its age groups. */
export function statsCommand(stateFolder: string, configPath: string | undefined): string {
  const config = configPath === undefined ? '' : ` --config ${shellWord(configPath)}`;
  return `${PROGRAM} stats --state ${shellWord(stateFolder)}${config}`;
}

function shellWord(word: string): string {
  return /^[\w:=.,@%+/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
