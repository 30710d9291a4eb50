// Tests which advertisement the page shows, and when one showing ends and the next begins.
import { describe, expect, it } from 'vitest';
import { type Showing, showingAt } from '../../../src/player/page/program.ts';
import { DEFAULT_SPOTS, spotFor } from '../../../src/player/page/spots.ts';

const ROTATE_MS = 8000;

/** Draws at every instant, as the page does, with the trigger that is on then. */
function showings(...moments: readonly (readonly [at: number, trigger: string | null])[]): readonly Showing[] {
  let showing: Showing | null = null;
  return moments.map(([at, trigger]) => {
    showing = showingAt(showing, trigger, at);
    return showing;
  });
}

it('shows the defaults one after the other, and begins again', () => {
  const moments = DEFAULT_SPOTS.map((_, turn) => [100 + turn * ROTATE_MS, null] as const);
  const all = showings(...moments, [100 + DEFAULT_SPOTS.length * ROTATE_MS, null]);
  expect(all.map(({ spot }) => spot)).toEqual([...DEFAULT_SPOTS, DEFAULT_SPOTS[0]]);
  expect(new Set(all.map(({ shownAt }) => shownAt)).size).toBe(all.length);
});

it('keeps one showing for as long as nothing changes', () => {
  const [first, second] = showings([0, null], [ROTATE_MS - 1, null]);
  expect(second).toEqual(first);
  const [on, still] = showings([0, 'women'], [10 * ROTATE_MS, 'women']);
  expect(still).toEqual(on);
});

it('shows the advertisement of a trigger at once, and the first default after it', () => {
  const [, on, off] = showings([ROTATE_MS, null], [ROTATE_MS + 1, 'women'], [ROTATE_MS + 2, null]);
  expect(on).toMatchObject({ trigger: 'women', shownAt: ROTATE_MS + 1, spot: { name: 'women' } });
  expect(off).toMatchObject({ trigger: null, shownAt: ROTATE_MS + 2, spot: DEFAULT_SPOTS[0] });
});

describe('a trigger that the page does not know', () => {
  it('has an advertisement made of its name, always the same', () => {
    expect(spotFor('night-shift')).toMatchObject({ name: 'night-shift', headline: 'Night shift.' });
    expect(spotFor('night-shift')).toEqual(spotFor('night-shift'));
  });

  it.each(['toString', '__proto__', 'constructor', '-', '<b>'])('may be called %s', (name) => {
    const spot = spotFor(name);
    expect(spot.name).toBe(name);
    expect(spot.headline.length).toBeGreaterThan(1);
  });
});
