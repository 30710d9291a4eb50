// What onlooker simulate tells a person: what it plays, where to listen, and how it goes.
import type { Config } from '../config/load.ts';
import type { Measurement } from '../daemon/measurement/measurement.ts';
import type { Scenario } from '../simulator/scenario-schema.ts';
import { counted } from './figures.ts';
import { whereItSpeaks } from './what-to-try.ts';

type Introduced = Readonly<{
  name: string;
  scenario: Scenario;
  seed: number;
  speed: number | 'max';
  config: Config;
  configPath: string | undefined;
  wallAtStart: number;
  stateFolder: string;
  logFile: string;
  brokerUrl: string;
  pid: number;
}>;

export function introduction(told: Introduced): string {
  const { name, scenario, seed, speed, config, wallAtStart, logFile, pid } = told;
  const pace = speed === 1 ? 'in real time' : speed === 'max' ? 'as fast as it can' : `${speed} times as fast`;
  return [
    `Scenario  ${name}, seed ${seed}: ${scenario.description}`,
    `Begins    ${timeOf(wallAtStart, config.timezone)}, ${pace}`,
    ...whereItSpeaks(told),
    `Log       ${logFile}`,
    `Process   ${pid}; Ctrl-C ends it.`,
    '',
    '',
  ].join('\n');
}

export function progressLine(
  measurement: Pick<Measurement, 'state' | 'sight' | 'tally' | 'now'>,
  zone: string,
): string {
  const { state, sight, tally } = measurement;
  if (state === null || state.frameAt === null) return '';
  const { present } = measurement.now();
  const now = sight.health === 'ok' ? `present ${present ?? 'unknown'}` : (sight.detail ?? sight.health);
  const personSeconds = Math.round(tally.personMs / 1000).toLocaleString('en-US');
  const time = timeOf(state.header.wallAtZero + state.frameAt, zone);
  return `${time}  ${now}  ${counted(tally.viewers, 'viewer', 'viewers')}  ${personSeconds} person-seconds so far\n`;
}

function timeOf(wallAt: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(wallAt);
}
