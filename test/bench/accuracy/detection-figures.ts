// Measures detectors: recall by the size of the face, boxes where there is no face, milliseconds.
import { cv } from '../../../src/sensor/load-opencv.ts';
import { composeScenes } from './face-scenes.ts';
import { readFacelessFilms } from './faceless-films.ts';
import type { LabelledFace } from './labelled-faces.ts';
import { type DetectorFigures, type FacesOfOneWidth, measureDetector } from './measure-detector.ts';
import { openDetectors } from './open-detectors.ts';

export type DetectionFigures = Readonly<{
  widths: readonly Readonly<{ widthPx: number; faces: number }>[];
  films: readonly Readonly<{ name: string; frames: number }>[];
  detectors: readonly DetectorFigures[];
  /** What is missing, and why. */
  skipped: readonly string[];
}>;

/** The last but one is that of the reference mode, as the classic program uses it. */
const DETECTORS = ['full-range', 'yunet-2022mar', 'res10-ssd', 'res10-ssd-reference', 'haar-frontalface'];

const FRAME = { width: 640, height: 360 };
/** In pixels of the frame. */
const FACE_WIDTHS = [14, 18, 24, 32, 60, 90, 140];
const QUICK_THINNING = 4;

/** Only faces of half B are shown. A full run takes about three minutes on a quiet machine. */
export async function measureDetection(
  modelsFolder: string,
  faces: readonly LabelledFace[],
  quick: boolean,
): Promise<DetectionFigures> {
  const thinning = quick ? QUICK_THINNING : 1;
  const shown = faces.filter(({ half }) => half === 'B').filter((_, index) => index % thinning === 0);
  const { films, skipped } = await readFacelessFilms(FRAME, thinning);
  const backgrounds = films.flatMap(({ frames }) => frames);
  const widths: FacesOfOneWidth[] = [];
  for (const widthPx of backgrounds.length === 0 ? [] : FACE_WIDTHS) {
    widths.push({ widthPx, scenes: await composeScenes(shown, widthPx, FRAME, backgrounds) });
  }
  const { opened, skipped: withoutFile } = openDetectors(DETECTORS, modelsFolder, FRAME);
  const detectors: DetectorFigures[] = [];
  // The sensor has one on a machine with two cores.
  const threads = cv.getNumThreads();
  cv.setNumThreads(1);
  for (const one of opened) detectors.push(await measureDetector(one, widths, films, FRAME));
  cv.setNumThreads(threads);
  return {
    widths: widths.map(({ widthPx, scenes }) => ({
      widthPx,
      faces: scenes.reduce((sum, scene) => sum + scene.faces.length, 0),
    })),
    films: films.map(({ name, frames }) => ({ name, frames: frames.length })),
    detectors,
    skipped: [...skipped, ...withoutFile],
  };
}
