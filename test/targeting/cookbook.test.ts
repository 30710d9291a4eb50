// Every recipe of docs/triggers.md, read out of the document: it fires for the audience it is meant for, and not for another.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SeenViewer } from '../../src/audience/audience-now.ts';
import { loadConfig } from '../../src/config/load.ts';
import { targetingOptions } from '../../src/daemon/measurement/targeting-options.ts';
import type { Day, LocalTime } from '../../src/targeting/local-time.ts';
import type { Targeting } from '../../src/targeting/rules.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { facts, man, minor, onAt, somebody, woman } from './audience.ts';

type Scene = Readonly<{ present: readonly SeenViewer[]; time?: LocalTime }>;
const at = (day: Day, hour: number): LocalTime => ({ day, minute: hour * 60 });
const away = { attending: false, attentionMs: 0 };
const older = { age: 'senior' };

/** By the number of the recipe: what comes on, for whom, and what is on for the others. */
const SCENES: Readonly<Record<string, Readonly<{ on: string; for: Scene; not: Scene; but?: string }>>> = {
  '1': {
    on: 'hello',
    for: { present: [somebody({ dwellMs: 3000 })] },
    not: { present: [somebody({ dwellMs: 2000 })] },
  },
  '2': {
    on: 'perfume',
    for: { present: [woman(), woman(), man()] },
    not: { present: [woman(), woman(), man(), man()] },
  },
  '3': { on: 'razor', for: { present: [man(), man()] }, not: { present: [man(), somebody()] } },
  '4': {
    on: 'dinner',
    for: { present: [woman(), man()], time: at('fri', 18) },
    not: { present: [woman(), man()], time: at('fri', 12) },
  },
  '5': {
    on: 'drinks',
    for: { present: [man(), woman(), man({ age: 'youngAdult' })], time: at('thu', 17) },
    not: { present: [man(), woman(), minor()], time: at('thu', 17) },
  },
  '6': {
    on: 'long',
    for: { present: [somebody({ attentionMs: 6000 })] },
    not: { present: [somebody({ attentionMs: 6000, dwellMs: 13_000 })] },
  },
  '7': {
    on: 'large',
    for: { present: [man(), man(), woman(), somebody(), somebody(away)] },
    not: { present: [man(), man(), woman(), somebody()] },
  },
  '8': {
    on: 'cruise',
    for: { present: [woman(older), man(older), man()], time: at('sun', 11) },
    not: { present: [woman(older), man(older), man(), man()], time: at('sun', 11) },
  },
  '9': { on: 'teaser', for: { present: [somebody(), man(away)] }, not: { present: [man(away)] } },
  '10': {
    on: 'watch',
    for: { present: [woman(), woman(older), man()] },
    not: { present: [woman({ age: 'youngAdult' })] },
    but: 'bag',
  },
};

const document = readFileSync(new URL('../../docs/triggers.md', import.meta.url), 'utf8');
const recipes = [...document.matchAll(/^### (\d+)\. (.+?)\n.*?```yaml\n(.+?)```/gms)].map(
  ([, number = '', title = '', yaml = '']) => ({ number, title, yaml }),
);

it('there are ten recipes, and no other block of YAML', () => {
  expect(recipes.map(({ number }) => number)).toEqual(Object.keys(SCENES));
  expect(document.match(/^```yaml$/gm)).toHaveLength(10);
});

it.each(recipes)('$number. $title', ({ number, yaml }) => {
  const scenes = SCENES[number];
  if (scenes === undefined) throw new Error(`recipe ${number} has no scenes`);
  const { rules, defaultTrigger } = targetingOf(yaml);
  const targeting = { rules, defaultTrigger, staleAfterMs: 3000 };
  expect([onFor(targeting, scenes.for), onFor(targeting, scenes.not)]).toEqual([
    scenes.on,
    scenes.but ?? defaultTrigger,
  ]);
  expect(onFor(targeting, { present: [] })).toBe(defaultTrigger);
});

it('the teaser of recipe 9 stays for fifteen seconds and keeps off for five minutes', () => {
  const targeting = { ...targetingOf(recipes[8]?.yaml ?? ''), staleAfterMs: 3000 };
  const seen = facts([somebody()]);
  const nobody = facts([]);
  const scenes = [
    [0, seen],
    [500, seen],
    [1000, nobody],
    [15_499, nobody],
    [15_500, nobody],
  ] as const;
  expect(onAt(targeting, [...scenes, [300_000, seen], [315_499, seen], [315_500, seen]])).toEqual([
    ...['posters', 'teaser', 'teaser', 'teaser', 'posters'],
    ...['posters', 'posters', 'teaser'],
  ]);
});

function targetingOf(yaml: string): Omit<Targeting, 'staleAfterMs'> {
  const path = join(tempFolder(), 'recipe.yaml');
  writeFileSync(path, yaml);
  return targetingOptions(loadConfig(path, { hostname: 'lobby' }).config.triggers);
}

/** After the scene has lasted for five seconds. */
function onFor(targeting: Targeting, { present, time = at('tue', 12) }: Scene): string | null {
  const scene = facts(present, { time });
  return (
    onAt(targeting, [
      [0, scene],
      [5000, scene],
    ]).at(-1) ?? null
  );
}
