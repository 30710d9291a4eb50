// Generated documents are what the code generates now; `npm run generate` writes them anew.
import { expect, test } from 'vitest';
import { commandTable } from '../../src/cli/command-line.ts';
import { commandLineDocument } from '../../src/cli/command-line-document.ts';
import { configurationDocument, exampleFile } from '../../src/config/reference.ts';
import { mqttDocument } from '../../src/contract/document.ts';

test.each([
  ['docs/configuration.md', configurationDocument],
  ['deploy/onlooker.example.yaml', exampleFile],
  ['docs/mqtt.md', mqttDocument],
  ['docs/cli.md', () => commandLineDocument(commandTable(() => undefined))],
])('%s is current', async (path, generate) => {
  await expect(generate()).toMatchFileSnapshot(`../../${path}`);
});
