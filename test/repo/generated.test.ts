// Generated documents are what the code generates now; `npm run generate` writes them anew.
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { commandTable } from '../../src/cli/command-line.ts';
import { commandLineDocument } from '../../src/cli/command-line-document.ts';
import { manualPage } from '../../src/cli/manual-page.ts';
import { bashCompletion } from '../../src/cli/shell-completion.ts';
import { configurationDocument, exampleFile } from '../../src/config/reference.ts';
import { configSchema } from '../../src/config/schema.ts';
import { asyncApiDocument } from '../../src/contract/asyncapi.ts';
import { mqttDocument } from '../../src/contract/document.ts';
import { schemaFile } from '../../src/contract/json-schema.ts';
import { TOPIC_NAMES } from '../../src/contract/topics.ts';
import { faceSizeDocument } from '../../src/setup/face-size-document.ts';
import { scenarioDocument } from '../../src/simulator/scenario-document.ts';

test.each<readonly [path: string, generate: () => string]>([
  ['docs/configuration.md', configurationDocument],
  ['deploy/onlooker.example.yaml', exampleFile],
  ['docs/scenario.md', scenarioDocument],
  ['docs/face-sizes.md', faceSizeDocument],
  ['docs/mqtt.md', mqttDocument],
  ['docs/asyncapi.yaml', asyncApiFile],
  ['docs/cli.md', () => commandLineDocument(commandTable(() => undefined))],
  ['deploy/debian/onlooker.1', () => manualPage(commandTable(() => undefined))],
  ['deploy/debian/onlooker.bash-completion', () => bashCompletion(commandTable(() => undefined))],
  ...TOPIC_NAMES.map((name): readonly [string, () => string] => [`docs/schema/${name}.json`, () => schemaText(name)]),
])('%s is current', async (path, generate) => {
  await expect(generate()).toMatchFileSnapshot(`../../${path}`);
});

function asyncApiFile(): string {
  const document = asyncApiDocument(configSchema.parse({}).mqtt.port);
  const text = stringify(document, { lineWidth: 120, aliasDuplicateObjects: false });
  return `# Generated from src/contract by "npm run generate": do not edit.\n${text}`;
}

function schemaText(name: (typeof TOPIC_NAMES)[number]): string {
  return `${JSON.stringify(schemaFile(name), null, 2)}\n`;
}
