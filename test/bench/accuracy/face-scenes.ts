// Sets labelled faces, at a width that is known, into frames of films without faces.
import { pixelsOf, readPicture } from '../../../src/analyze/pictures.ts';
import type { FrameSize } from '../../../src/sensor/detect/detector.ts';
import { bgrFromI420, type Mat, region, resize, scope } from '../../../src/sensor/opencv.ts';
import { placesFor } from './face-places.ts';
import type { LabelledFace } from './labelled-faces.ts';
import { type Pixels, pasteSoftly } from './paste-softly.ts';

/** `middle` is that of the face. */
export type PlacedFace = Readonly<{ middle: Readonly<{ x: number; y: number }>; widthPx: number }>;
export type FaceScene = Readonly<{ pixels: Pixels; faces: readonly PlacedFace[] }>;

/** YuNet's boxes are about 150 of the 448 pixels wide. */
const FACE_RATIO = 150 / 448;
/** Wide faces have a frame of their own each. */
const MOST_SCENES = 40;

/**
 * Each picture as a whole, as far as the height of the frame goes: without hair and shoulders the full-range detector finds two
 * fifths fewer of the faces that are 24 pixels wide. `backgrounds` are I420 frames of that size, taken evenly from all of them.
 */
export function composeScenes(
  faces: readonly LabelledFace[],
  widthPx: number,
  frame: FrameSize,
  backgrounds: readonly Buffer[],
): Promise<readonly FaceScene[]> {
  const side = Math.min(frame.height, Math.round(widthPx / FACE_RATIO));
  const groups = inGroups(faces, placesFor(frame, side, 0).length).slice(0, MOST_SCENES);
  return Promise.all(
    groups.map(async (group, index) => {
      const background = backgrounds[Math.floor((index * backgrounds.length) / groups.length)];
      if (background === undefined) throw new Error('faces need a frame to be set into');
      const patches = await Promise.all(group.map((face) => patchOf(face, widthPx, side)));
      const placed = placesFor(frame, side, index).slice(0, patches.length);
      return {
        pixels: placed.reduce(
          (below, { left, top }, i) => pasteSoftly(below, patches[i] ?? below, left, top),
          await pixelsIn(frame, background),
        ),
        faces: placed.map(({ left, top }) => ({ middle: { x: left + side / 2, y: top + side / 2 }, widthPx })),
      };
    }),
  );
}

function inGroups<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

function pixelsIn(frame: FrameSize, bytes: Buffer): Promise<Pixels> {
  return scope(async (keep) => copyOf(bgrFromI420(keep, bytes, { ...frame, strideBytes: frame.width })));
}

/** The middle of the picture, so much of it that the face is that wide when the side is. */
function patchOf({ path }: LabelledFace, widthPx: number, side: number): Promise<Pixels> {
  return scope(async (keep) => {
    const picture = readPicture(keep, path);
    const cut = Math.min(picture.cols, picture.rows, Math.round((side / widthPx) * FACE_RATIO * picture.cols));
    const [x, y] = [Math.round((picture.cols - cut) / 2), Math.round((picture.rows - cut) / 2)];
    return copyOf(resize(keep, region(keep, picture, { x, y, width: cut, height: cut }), side, side));
  });
}

function copyOf(image: Mat): Pixels {
  return { bytes: pixelsOf(image), width: image.cols, height: image.rows };
}
