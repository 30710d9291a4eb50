// Paints frames of a scene that does not exist: furniture with edges, in any light and focus, with somebody before it.
import { glimpse } from '../../src/sensor/glimpse.ts';
import { frameBytes, type Picture, planesOf } from '../../src/sensor/luma.ts';
import { noise } from './luma-planes.ts';

type SceneOptions = Readonly<{
  /** Another scene for each. */
  seed?: number;
  /** How many pixels the camera was turned to the right. */
  turned?: number;
  /** Radius of the blur of the whole picture. */
  blur?: number;
  /** Share of the light at a place of the picture, from 0 to 1 in both directions. */
  light?: (x: number, y: number) => number;
  /** Somebody in all of these columns. */
  person?: Readonly<{ from: number; to: number; top: number }> | null;
  noise?: number;
  noiseSeed?: number;
}>;

const SHAPE = { width: 640, height: 480, strideBytes: 640 };
const PANORAMA = 1280;
const PIECES = 160;

export function sceneFrame(options: SceneOptions = {}): Picture {
  const { seed = 1, turned = 0, blur = 0, light = () => 1, person = null } = options;
  const furniture = furnitureOf(seed);
  const sharp = new Float32Array(SHAPE.width * SHAPE.height).map((_, index) => {
    const x = index % SHAPE.width;
    const y = Math.floor(index / SHAPE.width);
    const isPerson = person !== null && x >= person.from && x < person.to && y >= person.top;
    const surface = isPerson
      ? 90 + 60 * Math.sin((x - person.from) / 9 + y / 31)
      : furniture[y * PANORAMA + x + turned];
    return 16 + (surface ?? 0) * light(x / SHAPE.width, y / SHAPE.height);
  });
  const seen = blurred(sharp, blur);
  const bytes = new Uint8Array(frameBytes(SHAPE)).fill(128);
  seen.forEach((value, index) => {
    const grain = noise(
      index % SHAPE.width,
      Math.floor(index / SHAPE.width),
      options.noiseSeed ?? 0,
      options.noise ?? 0,
    );
    bytes[index] = Math.min(235, Math.max(16, Math.round(value + grain)));
  });
  return { bytes: colored(bytes), shape: SHAPE, visible: null };
}

export function sceneThumbnail(options: SceneOptions = {}): Uint8Array {
  return glimpse(sceneFrame(options)).thumbnail;
}

/** Rectangles of all sizes, one over the other. */
function furnitureOf(seed: number): Float32Array {
  const furniture = new Float32Array(PANORAMA * SHAPE.height).fill(110);
  for (let piece = 0; piece < PIECES; piece += 1) {
    const random = (what: number, below: number) => ((noise(piece, what, seed, 1000) + 1000) / 2001) * below;
    const left = Math.floor(random(1, PANORAMA));
    const right = Math.min(PANORAMA, left + 12 + Math.floor(random(3, 90)));
    const top = Math.floor(random(2, SHAPE.height));
    const bottom = Math.min(SHAPE.height, top + 12 + Math.floor(random(4, 90)));
    for (let y = top; y < bottom; y += 1) furniture.fill(random(5, 200), y * PANORAMA + left, y * PANORAMA + right);
  }
  return furniture;
}

/** Twice the mean over a square, which is near to what a lens does. */
function blurred(pixels: Float32Array, radius: number): Float32Array {
  if (radius === 0) return pixels;
  const along = (from: Float32Array, step: number, limit: (index: number) => number) =>
    from.map((_, index) => {
      let sum = 0;
      for (let away = -radius; away <= radius; away += 1) {
        const position = limit(index) + away;
        sum += from[index + step * (Math.min(end(step), Math.max(0, position)) - limit(index))] ?? 0;
      }
      return sum / (2 * radius + 1);
    });
  const end = (step: number) => (step === 1 ? SHAPE.width : SHAPE.height) - 1;
  const once = (from: Float32Array) =>
    along(
      along(from, 1, (index) => index % SHAPE.width),
      SHAPE.width,
      (index) => Math.floor(index / SHAPE.width),
    );
  return once(once(pixels));
}

/** Colors that change slowly from place to place, as they do. */
function colored(bytes: Uint8Array): Uint8Array {
  const [, ...colors] = planesOf(SHAPE);
  colors.forEach(({ from, width, height }, plane) => {
    for (let index = 0; index < width * height; index += 1) {
      bytes[from + index] =
        128 + Math.round(40 * Math.sin((index % width) / 50 + Math.floor(index / width) / 40 + plane));
    }
  });
  return bytes;
}
