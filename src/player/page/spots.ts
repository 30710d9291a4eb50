// The advertisements of the demo player: some for triggers, some that rotate while none is on. All brands are invented.

export type Spot = Readonly<{
  /** Names it in plays. */
  name: string;
  /** Which of the pictures of page.css. */
  scene: (typeof SCENES)[number];
  brand: string;
  headline: string;
  line: string;
  action: string;
}>;

const SCENES = ['dawn', 'waves', 'peaks', 'petals', 'lanes', 'table', 'stripes'] as const;
/** Of triggers whose advertisement is made of their name. */
const SCENES_FOR_ANY = ['petals', 'waves', 'lanes', 'stripes', 'peaks'] as const;

export const DEFAULT_SPOTS: readonly [Spot, ...Spot[]] = [
  {
    name: 'default-coffee',
    scene: 'dawn',
    brand: 'Nordlicht Coffee',
    headline: 'Slow mornings, served fast.',
    line: 'Filter, flat white, cardamom bun. From six.',
    action: 'Level 1, by the fountain',
  },
  {
    name: 'default-rail',
    scene: 'waves',
    brand: 'Coastline Rail',
    headline: 'The sea is forty minutes away.',
    line: 'Every half hour, with room for your bicycle.',
    action: 'Day ticket 12.50',
  },
  {
    name: 'default-outdoor',
    scene: 'peaks',
    brand: 'Alm Outdoor',
    headline: 'Take the long way up.',
    line: 'Boots fitted on a real slope, in the shop.',
    action: 'Level 3',
  },
];

const TRIGGER_SPOTS: readonly Spot[] = [
  {
    name: 'welcome',
    scene: 'petals',
    brand: 'Garden Market',
    headline: 'Good to see you.',
    line: 'The first peonies are here. So are you.',
    action: 'Ground floor, until eight',
  },
  {
    name: 'women',
    scene: 'lanes',
    brand: 'Women’s Ten',
    headline: 'Run it for the view.',
    line: 'Sunday, nine o’clock. Ten kilometers along the river.',
    action: 'Start at the old bridge',
  },
  {
    name: 'men',
    scene: 'stripes',
    brand: 'Half Time Barbers',
    headline: 'Sharp in twenty minutes.',
    line: 'Cut, hot towel, done. Nobody talks about football.',
    action: 'Level 2, next to the stairs',
  },
  {
    name: 'party',
    scene: 'table',
    brand: 'Long Table',
    headline: 'That many of you? There is a table.',
    line: 'Big plates in the middle. The fourth dessert is ours.',
    action: 'Level 4, no reservation',
  },
];

export function spotFor(trigger: string): Spot {
  const known = TRIGGER_SPOTS.find(({ name }) => name === trigger);
  if (known !== undefined) return known;
  const scene = SCENES_FOR_ANY[sumOf(trigger) % SCENES_FOR_ANY.length] ?? 'petals';
  const words = trigger.replaceAll(/[-_.]+/g, ' ').trim() || trigger;
  return {
    name: trigger,
    scene,
    brand: 'Your brand',
    headline: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`,
    line: 'Your advertisement for this audience stands here.',
    action: `Trigger ${trigger}`,
  };
}

function sumOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
}
