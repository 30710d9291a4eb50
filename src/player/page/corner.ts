// Says in a corner why the page shows what it shows: the trigger, the reason, the audience and how old all that is.
import type { PlayerState } from '../subscribe.ts';

/** Finds its places in index.html; returns what draws them anew. */
export function openCorner(corner: HTMLElement, triggers: readonly string[]): (state: PlayerState, at: number) => void {
  const place = (name: string): Element => {
    const found = corner.querySelector(`.${name}`);
    if (found === null) throw new Error(`index.html has no place for ${name}`);
    return found;
  };
  const chips = new Map(triggers.map((name) => [name, chip(name)]));
  place('chips').replaceChildren(...chips.values());
  return (state, at) => {
    corner.dataset['known'] = String(state.known);
    write(place('trigger'), state.trigger ?? 'default');
    write(place('why'), state.why);
    write(place('audience'), audienceText(state));
    write(place('age'), ageText(state, at));
    for (const [name, element] of chips) element.classList.toggle('on', name === state.trigger);
  };
}

function chip(name: string): HTMLElement {
  const made = document.createElement('li');
  made.textContent = name;
  return made;
}

function audienceText({ audience, known }: PlayerState): string {
  return known ? `${audience?.present} here, ${audience?.attending} looking` : 'audience unknown';
}

function ageText({ observedAt }: PlayerState, at: number): string {
  return observedAt === null ? 'no data' : `data ${((at - observedAt) / 1000).toFixed(1)} s old`;
}

function write(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
