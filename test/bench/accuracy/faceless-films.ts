// Samples frames of the films in which nobody shows a face.
import type { FrameSize } from '../../../src/sensor/detect/detector.ts';
import { sharedPath } from '../../support/shared.ts';
import { filmFrames } from '../film-frames.ts';

export type FacelessFilm = Readonly<{ name: string; frames: readonly Buffer[] }>;

/** Of ten frames a second; the long film shows people who stand still with their backs to the camera. */
const FILMS = [
  { name: 'one-by-one-person-detection', every: 10 },
  { name: 'people-detection.preview', every: 3 },
  { name: 'store-aisle-detection.preview', every: 3 },
  { name: 'worker-zone-detection.preview', every: 3 },
];

/** I420 frames of that size; `thinning` times fewer of them than in a full run. */
export async function readFacelessFilms(
  frame: FrameSize,
  thinning: number,
): Promise<Readonly<{ films: readonly FacelessFilm[]; skipped: readonly string[] }>> {
  const films: FacelessFilm[] = [];
  const skipped: string[] = [];
  for (const { name, every } of FILMS) {
    const path = sharedPath('films', `${name}.mp4`);
    if (path === null) skipped.push(`film ${name}: it is not part of the project`);
    else films.push({ name, frames: await sample(path, frame, every * thinning) });
  }
  return { films, skipped };
}

async function sample(path: string, size: FrameSize, every: number): Promise<readonly Buffer[]> {
  const frames: Buffer[] = [];
  let index = 0;
  for await (const { bytes } of filmFrames(path, size)) {
    if (index % every === 0) frames.push(Buffer.from(bytes));
    index += 1;
  }
  return frames;
}
