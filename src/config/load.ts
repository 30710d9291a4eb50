// Loads the configuration: the file checked against the schema, what belongs to the host filled in, the password read.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { valueAt } from '../contract/problems.ts';
import { ConfigError } from './config-error.ts';
import { keyTree } from './key-tree.ts';
import { problem, problemsOf } from './problems.ts';
import { readYaml } from './read-yaml.ts';
import { configSchema, type Settings } from './schema.ts';

export type Config = Readonly<Settings & { screen: string; timezone: string }>;

/** The passwords are apart from the configuration, so that the configuration can be shown. */
type LoadedConfig = Readonly<{ config: Config; mqttPassword: string | null; sourcePassword: string | null }>;

type Host = Readonly<{
  hostname: string;
  /** $CREDENTIALS_DIRECTORY of systemd, for a service that has one. */
  credentialsFolder?: string | undefined;
}>;

/** Without a path everything is at its default. Throws a ConfigError that lists every problem. */
export function loadConfig(path: string | null, host: Host): LoadedConfig {
  const raw = path === null ? {} : withoutEmptySections(readConfig(path) ?? {});
  const parsed = configSchema.safeParse(raw);
  const secrets = host.credentialsFolder || (path === null ? '' : dirname(path));
  const mqtt = readPassword(raw, ['mqtt', 'passwordFile'], secrets);
  const source = readPassword(raw, ['source', 'passwordFile'], secrets);
  const problems = [
    ...(parsed.error ? problemsOf(parsed.error.issues, raw) : []),
    ...mqtt.problems,
    ...source.problems,
  ];
  const place = path ?? 'The default configuration';
  if (!parsed.success || problems.length > 0) throw new ConfigError(place, problems);
  const { screen, timezone, ...settings } = parsed.data;
  const config = {
    ...settings,
    screen: screen ?? screenOf(host.hostname, place),
    timezone: timezone ?? systemTimezone(),
  };
  return { config, mqttPassword: mqtt.text, sourcePassword: source.text };
}

/** Its values as they stand in the file. */
export function readConfig(path: string): unknown {
  return readYaml(path, 'create it (an empty one is valid), or start without --config');
}

/** A section whose keys are all commented out reads as null. */
function withoutEmptySections(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  const sections = keyTree().keys;
  return Object.fromEntries(
    Object.entries(raw).filter(([key, value]) => value !== null || sections.get(key)?.kind !== 'section'),
  );
}

function screenOf(hostname: string, place: string): string {
  if (configSchema.shape.screen.safeParse(hostname).success) return hostname;
  const message = 'must be set, since the name of this host cannot be a part of a topic';
  throw new ConfigError(place, [problem(['screen'], message, hostname)]);
}

function systemTimezone(): string {
  // Undefined where TZ names no zone, whatever the types say; such a system reckons in UTC.
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
}

/** `key` leads to the name of its file; one that is not absolute lies in the folder. */
export function readPassword(
  raw: unknown,
  key: readonly string[],
  folder = '',
): Readonly<{ text: string | null; problems: readonly string[] }> {
  const file = valueAt(raw, key);
  if (typeof file !== 'string' || file === '') return { text: null, problems: [] };
  try {
    const text = readFileSync(resolve(folder, file), 'utf8').replace(/\r?\n$/, '');
    const problems = text === '' ? [problem(key, 'holds no password', file)] : [];
    return { text, problems };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { text: null, problems: [problem(key, `cannot be read: ${reason}`, file)] };
  }
}
