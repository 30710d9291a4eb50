// Exports the few calls of OpenCV in use on frames, none of which writes, shows or captures a picture.
import type { CascadeClassifier, Mat, Net } from '@u4/opencv4nodejs';
import { ModelError } from '../models/model-error.ts';
import type { Borders, Rectangle } from './crop-plan.ts';
import { cv } from './load-opencv.ts';
import { type FrameShape, frameBytes } from './luma.ts';

export type { CascadeClassifier, Mat, Net };

/** Keeps a picture until its scope ends, and returns it. */
export type Keep = (mat: Mat) => Mat;

/** How pixels become numbers for a net: (pixel − mean) · scale, channels in the order given. */
type NetInput = Readonly<{
  channelOrder: 'rgb' | 'bgr';
  mean: readonly [number, number, number];
  scale: number;
}>;

/** Down to half its size no pixel of a picture is left out by mixing four; the near pass shrinks a little more. */
const LINEAR_ABOVE = 0.45;

export function openCvFacts(): Readonly<{ version: string; threads: number }> {
  const { major, minor, revision } = cv.version;
  return { version: `${major}.${minor}.${revision}`, threads: cv.getNumThreads() };
}

/** Releases every picture that was kept, whatever happens: those left to the garbage collector can abort the process. */
export async function scope<T>(work: (keep: Keep) => Promise<T>): Promise<T> {
  const kept: Mat[] = [];
  try {
    return await work((mat) => {
      kept.push(mat);
      return mat;
    });
  } finally {
    for (const mat of kept) mat.release();
  }
}

/** The colors of an I420 frame, without the padding of its rows. */
export function bgrFromI420(keep: Keep, bytes: Buffer, shape: FrameShape): Mat {
  const { width, height, strideBytes } = shape;
  // The binding copies without looking at the length.
  if (bytes.length !== frameBytes(shape)) throw new Error(`frame has ${bytes.length} bytes, not ${frameBytes(shape)}`);
  const planes = keep(new cv.Mat(bytes, (height * 3) / 2, strideBytes, cv.CV_8UC1));
  const padded = keep(planes.cvtColor(cv.COLOR_YUV2BGR_I420));
  return strideBytes === width ? padded : region(keep, padded, { x: 0, y: 0, width, height });
}

/** The part of the picture inside the rectangle, which must lie within it; shares its pixels. */
export function region(keep: Keep, image: Mat, { x, y, width, height }: Rectangle): Mat {
  return keep(image.getRegion(new cv.Rect(x, y, width, height)));
}

/**
 * Averages what is shrunk much; else mixing four pixels takes a sixth of the time. On 697 film frames that found 716 faces at
 * confidence 0.5 instead of 713, and 742 instead of 753 at 0.4.
 */
export function resize(keep: Keep, image: Mat, width: number, height: number): Mat {
  if (width < image.cols * LINEAR_ABOVE) return keep(image.resize(height, width, 0, 0, cv.INTER_AREA));
  return resizeLinear(keep, image, width, height);
}

/** Mixes four pixels however much is shrunk, as OpenCV's own `blobFromImage` does. */
export function resizeLinear(keep: Keep, image: Mat, width: number, height: number): Mat {
  if (image.cols === width && image.rows === height) return image;
  return keep(image.resize(height, width, 0, 0, cv.INTER_LINEAR));
}

export function extend(keep: Keep, image: Mat, borders: Borders, how: 'black' | 'replicate'): Mat {
  const { top, bottom, left, right } = borders;
  if (top + bottom + left + right === 0) return image;
  const kind = how === 'black' ? cv.BORDER_CONSTANT : cv.BORDER_REPLICATE;
  return keep(image.copyMakeBorder(top, bottom, left, right, kind, new cv.Vec3(0, 0, 0)));
}

/** Left and right swapped. */
export function mirrored(keep: Keep, image: Mat): Mat {
  return keep(image.flip(1));
}

/** The brightness alone, spread over the whole range from black to white. */
export function equalizedGray(keep: Keep, image: Mat): Mat {
  return keep(keep(image.cvtColor(cv.COLOR_BGR2GRAY)).equalizeHist());
}

/** Caffe and TensorFlow have a definition beside the weights. */
export function readNet(
  format: 'onnx' | 'caffe' | 'tensorflow',
  weightsPath: string,
  definitionPath: string | null,
): Net {
  if (format === 'onnx') return cv.readNetFromONNX(weightsPath);
  if (definitionPath === null) throw new Error(`a net of ${format} needs its definition`);
  if (format === 'caffe') return cv.readNetFromCaffe(definitionPath, weightsPath);
  return cv.readNetFromTensorflow(weightsPath, definitionPath);
}

/** One output of a net; readable only while its forward pass is being read. */
export type Output = Readonly<{
  sizes: readonly number[];
  length: number;
  /** Every number, in the order of memory. */
  all(): Float32Array;
  /** Taken as `planes` of equal size: the number at `index` of each. */
  across(planes: number, index: number): readonly number[];
}>;

/**
 * Feeds the picture as it is and has the outputs read. One call at a time per net: the next one would overwrite its
 * results. It runs in another thread, so that frames and acknowledgments are received meanwhile.
 */
export async function forward<T>(
  net: Net,
  image: Mat,
  { scale, mean, channelOrder }: NetInput,
  outputs: readonly string[],
  read: (outputs: readonly Output[]) => T,
): Promise<T> {
  return scope(async (keep) => {
    const size = new cv.Size(image.cols, image.rows);
    const blob = keep(cv.blobFromImage(image, scale, size, new cv.Vec3(...mean), channelOrder === 'rgb', false));
    net.setInput(blob);
    const forwarded = net.forwardAsync([...outputs]).catch((cause: unknown) => {
      throw notGiven(outputs, image, cause);
    });
    const results = (await forwarded).map(keep);
    return read(results.map((result) => outputOf(keep, result)));
  });
}

/** The binding rejects with a text, in which newer OpenCV begins several lines with `>`. */
function notGiven(outputs: readonly string[], { cols, rows }: Mat, cause: unknown): ModelError {
  const words = String(cause)
    .trim()
    .replace(/\s*\n>?\s*/g, ' ');
  return new ModelError(outputs.join(', '), `not given by the net for ${cols}x${rows} pixels (${words})`, {
    remedy: 'correct outputs and geometry in its description',
    cause,
  });
}

/** Flat views share the memory of the result, which its scope keeps alive until the numbers are copied out. */
function outputOf(keep: Keep, result: Mat): Output {
  const { sizes } = result;
  const length = sizes.reduce((product, size) => product * size, 1);
  return {
    sizes,
    length,
    // The second copy begins where numbers of four bytes may.
    all: () => new Float32Array(new Uint8Array(keep(result.flattenFloat(1, length)).getData()).buffer),
    across: (planes, index) =>
      keep(keep(result.flattenFloat(planes, length / planes)).col(index))
        .getDataAsArray()
        .flat(),
  };
}

/** The file must be a sound cascade: what OpenCV cannot parse ends the process. What it parses but cannot use throws here. */
export function readCascade(path: string): CascadeClassifier {
  const cascade = new cv.CascadeClassifier(path);
  const blank = new cv.Mat(1, 1, cv.CV_8UC1, 0);
  try {
    cascade.detectMultiScale(blank);
  } finally {
    blank.release();
  }
  return cascade;
}

/** What a cascade sees in a gray picture; `hits` is how many windows agreed on it. */
type CascadeFind = Readonly<{ box: Rectangle; hits: number }>;

export async function findByCascade(
  cascade: CascadeClassifier,
  gray: Mat,
  { scaleFactor, minNeighbors }: Readonly<{ scaleFactor: number; minNeighbors: number }>,
): Promise<readonly CascadeFind[]> {
  const { objects, numDetections } = await cascade.detectMultiScaleAsync(gray, scaleFactor, minNeighbors);
  return objects.map(({ x, y, width, height }, index) => ({
    box: { x, y, width, height },
    hits: numDetections[index] ?? 0,
  }));
}
