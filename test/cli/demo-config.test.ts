// Tests what the demo adds to the configuration, and that it leaves alone what is configured.
import { expect, it } from 'vitest';
import { demoConfig } from '../../src/cli/demo-config.ts';
import { configSchema } from '../../src/config/schema.ts';
import { spotFor } from '../../src/player/page/spots.ts';
import { testConfig } from '../daemon/daemon-rig.ts';

it('serves the page on any free port, with triggers that the page has an advertisement for', () => {
  const { http, triggers } = demoConfig(testConfig());
  expect(http).toEqual({ port: 0 });
  expect(triggers.rules.map(({ name }) => spotFor(name).brand)).not.toContain(spotFor('unknown').brand);
  expect(configSchema.safeParse({ triggers }).success).toBe(true);
});

it('keeps the port and the triggers that are configured', () => {
  const { triggers } = configSchema.parse({ triggers: { default: 'anything' } });
  const config = { ...testConfig(), http: { port: 8080 }, triggers };
  expect(demoConfig(config)).toEqual(config);
});
