// The only file with the calls that read, draw, encode and show pictures.

import { readFileSync } from 'node:fs';
import { messageOf } from '../observation/message-of.ts';
import { cv } from '../sensor/load-opencv.ts';
import type { Keep, Mat } from '../sensor/opencv.ts';
import { AnalyzeError } from './analyze-error.ts';
import { isCutShort } from './jpeg.ts';

/** Blue, green, red. */
export type Color = readonly [number, number, number];
type Corner = Readonly<{ x: number; y: number }>;
type Stroke = Readonly<{ color: Color; thickness: number }>;

const FONT = cv.FONT_HERSHEY_SIMPLEX;
/** Height of a capital letter of the font at scale 1, in pixels. */
const CAPITAL_PIXELS = 22;
/** WINDOW_GUI_NORMAL of OpenCV, which the binding does not name. */
const WITHOUT_TOOLBAR = 0x10;

/** Upright, 8 bits per color, without transparency. */
export function readPicture(keep: Keep, path: string): Mat {
  const problem = (what: string, cause?: unknown) =>
    new AnalyzeError('input', `${path} cannot be read as a picture: ${what}`, { cause });
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw problem(messageOf(cause), cause);
  }
  if (bytes.length === 0) throw problem('it is empty. Copy it again.');
  if (isCutShort(bytes)) throw problem('its end is missing. Copy it again, or repair it with an image program.');
  const image = keep(decoded(bytes, problem));
  if (image.empty || image.type !== cv.CV_8UC3) throw problem(UNREADABLE);
  return image;
}

const UNREADABLE = 'it is damaged, too large or no picture. Open it in an image program and save it as JPEG or PNG.';

function decoded(bytes: Buffer, problem: (what: string, cause: unknown) => AnalyzeError): Mat {
  try {
    return cv.imdecode(bytes, cv.IMREAD_COLOR);
  } catch (cause) {
    throw problem(UNREADABLE, cause);
  }
}

/** The extension says the format. */
export function encodePicture(image: Mat, extension: string): Promise<Buffer> {
  return cv.imencodeAsync(extension, image);
}

/** Blue, green, red, row by row; a copy that outlives the picture. */
export function pixelsOf(image: Mat): Buffer {
  return Buffer.from(image.getData());
}

/** Both corners belong to the frame. */
export function drawFrame(image: Mat, from: Corner, to: Corner, { color, thickness }: Stroke): void {
  image.drawRectangle(new cv.Point2(from.x, from.y), new cv.Point2(to.x, to.y), vector(color), thickness, cv.LINE_8);
}

export function fill(image: Mat, from: Corner, to: Corner, color: Color): void {
  image.drawRectangle(new cv.Point2(from.x, from.y), new cv.Point2(to.x, to.y), vector(color), cv.FILLED, cv.LINE_8);
}

/** `baseline` is where the letters stand on. */
export function write(image: Mat, text: string, baseline: Corner, capitalPixels: number, color: Color): void {
  const at = new cv.Point2(baseline.x, baseline.y);
  image.putText(text, at, FONT, scaleOf(capitalPixels), vector(color), weightOf(capitalPixels), cv.LINE_AA);
}

export function textWidth(text: string, capitalPixels: number): number {
  return cv.getTextSize(text, FONT, scaleOf(capitalPixels), weightOf(capitalPixels)).size.width;
}

/** Shows the picture in a window of that name, which is opened when it is not there. */
export function show(window: string, image: Mat, width: number, height: number): void {
  cv.namedWindow(window, cv.WINDOW_NORMAL | WITHOUT_TOOLBAR);
  cv.resizeWindow(window, width, height);
  cv.imshow(window, image);
}

/** Gives the window `ms` to draw itself; whether it was closed or a key pressed meanwhile. */
export function isDismissed(window: string, ms: number): boolean {
  return cv.waitKey(ms) >= 0 || cv.getWindowProperty(window, cv.WND_PROP_VISIBLE) < 1;
}

export function closeWindows(): void {
  cv.destroyAllWindows();
}

function scaleOf(capitalPixels: number): number {
  return capitalPixels / CAPITAL_PIXELS;
}

/** Strokes of a ninth of the height read best at every size. */
function weightOf(capitalPixels: number): number {
  return Math.max(1, Math.round(capitalPixels / 9));
}

function vector([blue, green, red]: Color): InstanceType<typeof cv.Vec3> {
  return new cv.Vec3(blue, green, red);
}
