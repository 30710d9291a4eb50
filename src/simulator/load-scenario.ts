// Finds a scenario, by the name of one that comes with the program or by the path of a file, and reads it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/config-error.ts';
import { keyTreeOf } from '../config/key-tree.ts';
import { problemsOf } from '../config/problems.ts';
import { readYaml } from '../config/read-yaml.ts';
import { ScenarioError } from './scenario-error.ts';
import { type Scenario, scenarioSchema } from './scenario-schema.ts';

const ENDING = '.yaml';

/** Throws a ConfigError that lists every problem, or a ScenarioError when there is none of that name. */
export function loadScenario(nameOrPath: string, folder: string): Scenario {
  const path = scenarioPath(nameOrPath, folder);
  const raw = readYaml(path, 'onlooker simulate --print NAME > FILE makes one') ?? {};
  const parsed = scenarioSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new ConfigError(path, problemsOf(parsed.error.issues, raw, keyTreeOf(scenarioSchema)));
}

/** The text of its file. */
export function scenarioText(nameOrPath: string, folder: string): string {
  return readFileSync(scenarioPath(nameOrPath, folder), 'utf8');
}

/** The names of those that come with the program. */
export function scenarioNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

function scenarioPath(nameOrPath: string, folder: string): string {
  const names = scenarioNames(folder);
  if (names.includes(nameOrPath)) return join(folder, `${nameOrPath}${ENDING}`);
  if (existsSync(nameOrPath)) return nameOrPath;
  throw new ScenarioError(
    `There is no scenario and no file ${JSON.stringify(nameOrPath)}. Name a file of your own, or one of ${names.join(', ')}.`,
  );
}
