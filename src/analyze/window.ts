// Shows annotated pictures in a window, for whoever sits at a display.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Mat } from '../sensor/opencv.ts';
import { AnalyzeError } from './analyze-error.ts';
import { closeWindows, isDismissed, show } from './pictures.ts';

const TITLE = 'Onlooker';
const LARGEST = { width: 1280, height: 800 };
/** A tiny picture is shown larger than it is. */
const LEAST_WIDTH = 320;
const POLL_MS = 30;

/** Throws where no window can be opened. */
export function requireDisplay(env: NodeJS.ProcessEnv): void {
  if (env['DISPLAY'] || env['WAYLAND_DISPLAY']) return;
  throw new AnalyzeError(
    'usage',
    'No display is there for --show: neither DISPLAY nor WAYLAND_DISPLAY is set. Run it in a desktop session (ssh -X for a remote one), or leave --show out.',
  );
}

/** Shows a picture until a key is pressed, its window is closed, or `stop` is given. */
export async function showPicture(image: Mat, stop: AbortSignal): Promise<void> {
  open(image);
  while (!isDismissed(TITLE, POLL_MS) && !stop.aborted) await nextTurn();
}

/** Shows the next frame of a film; false when the user has had enough. */
export function showFrame(image: Mat): boolean {
  open(image);
  return !isDismissed(TITLE, 1);
}

export function closeWindow(): void {
  closeWindows();
}

function open(image: Mat): void {
  const fit = Math.min(LARGEST.width / image.cols, LARGEST.height / image.rows);
  const factor = Math.min(fit, Math.max(1, LEAST_WIDTH / image.cols));
  show(TITLE, image, Math.max(1, Math.round(image.cols * factor)), Math.max(1, Math.round(image.rows * factor)));
}
