// What the demo adds to the configuration: the page of a player, and triggers for its scene where none are configured.
import type { Config } from '../config/load.ts';
import { type TriggerSettings, triggersSchema } from '../config/triggers-schema.ts';

export function demoConfig(config: Config): Config {
  const { http, triggers } = config;
  const hasTriggers = triggers.rules.length > 0 || triggers.default !== null;
  return { ...config, http: { port: http.port ?? 0 }, triggers: hasTriggers ? triggers : DEMO_TRIGGERS };
}

/** The page has an advertisement for each: src/player/page/spots.ts. */
const DEMO_TRIGGERS: TriggerSettings = triggersSchema.parse({
  rules: [
    { name: 'party', when: [{ atLeast: 4 }], holdSeconds: 2 },
    { name: 'women', when: [{ mostly: { gender: 'female' }, marginRatio: 0.2 }], holdSeconds: 2 },
    { name: 'men', when: [{ mostly: { gender: 'male' }, marginRatio: 0.2 }], holdSeconds: 2 },
    { name: 'welcome', when: [{ atLeast: 1 }], afterSeconds: 0.2 },
  ],
});
