// The page of the demo player: shows the advertisement of the trigger that is on, and the defaults when nothing is known.
import type { PlayerState } from '../subscribe.ts';
import { subscribe } from './client.ts';
import { openCorner } from './corner.ts';
import { type Showing, showingAt } from './program.ts';
import { askSettings, type Settings } from './settings.ts';
import { putOnStage } from './stage.ts';

const REDRAW_MS = 200;
const ASK_AGAIN_MS = 3000;

const stage = byId('stage');
const corner = byId('corner');
let showing: Showing | null = null;

/** Until the daemon has told where its broker is, the defaults run all the same. */
const UNKNOWN: PlayerState = {
  trigger: null,
  audience: null,
  known: false,
  observedAt: null,
  why: 'no daemon answers',
};
let state = (): PlayerState => UNKNOWN;
let drawCorner = openCorner(corner, []);
let changed = (_before: Showing | null, _after: Showing): void => undefined;

draw();
setInterval(draw, REDRAW_MS);
start(await settingsAtLast());

function start(settings: Settings): void {
  drawCorner = openCorner(corner, settings.triggers);
  const player = subscribe({
    ...settings,
    onChange: draw,
    onError: ({ message }) => console.info(message),
  });
  state = () => player.state;
  changed = (before, after) => {
    if (before !== null) player.playEnded(playIdOf(before));
    player.playStarted({ playId: playIdOf(after), content: after.spot.name });
  };
  // A daemon that was started anew may have another address for its broker: the page begins again with it.
  setInterval(async () => {
    if (player.state.audience !== null) return;
    const asked = await askSettings();
    if (asked !== null && JSON.stringify(asked) !== JSON.stringify(settings)) location.reload();
  }, ASK_AGAIN_MS);
}

function draw(): void {
  const at = performance.now();
  const now = state();
  const next = showingAt(showing, now.trigger, at);
  drawCorner(now, at);
  if (next.shownAt !== showing?.shownAt) {
    putOnStage(stage, next.spot);
    stage.dataset['spot'] = next.spot.name;
    changed(showing, next);
  }
  showing = next;
}

async function settingsAtLast(): Promise<Settings> {
  for (;;) {
    const settings = await askSettings();
    if (settings !== null) return settings;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

function playIdOf({ shownAt, spot }: Showing): string {
  return `${Math.round(performance.timeOrigin + shownAt)}-${spot.name}`;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element ${id}`);
  return found;
}
