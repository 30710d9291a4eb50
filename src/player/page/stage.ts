// Puts an advertisement on the stage, over the one before, which leaves when the new one has come.
import type { Spot } from './spots.ts';

/** As many as the pictures of page.css are made of. */
const SHAPES = 12;

export function putOnStage(stage: HTMLElement, spot: Spot): void {
  const article = element('article', 'spot');
  article.dataset['scene'] = spot.scene;
  const scene = element('div', 'scene');
  scene.append(...Array.from({ length: SHAPES }, () => document.createElement('i')));
  const copy = element('div', 'copy');
  copy.append(
    element('p', 'brand', spot.brand),
    element('h1', 'headline', spot.headline),
    element('p', 'line', spot.line),
    element('p', 'action', spot.action),
  );
  article.append(scene, copy);
  const before = [...stage.children];
  article.addEventListener('animationend', ({ target }) => {
    if (target !== article) return;
    for (const old of before) old.remove();
  });
  stage.append(article);
}

function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
