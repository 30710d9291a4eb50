// The only file that loads OpenCV: exports the few calls in use, none of which writes, shows or captures a picture.
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Mat, Net } from '@u4/opencv4nodejs';
import type { Borders, Rectangle } from './crop-plan.ts';
import { type FrameShape, frameBytes } from './luma.ts';

export type { Mat, Net };

/** Keeps a picture until its scope ends, and returns it. */
export type Keep = (mat: Mat) => Mat;

/** How pixels become numbers for a net: (pixel − mean) · scale, channels in the order given. */
type NetInput = Readonly<{
  channelOrder: 'rgb' | 'bgr';
  mean: readonly [number, number, number];
  scale: number;
}>;

/** With two threads on two cores a forward pass takes twice the processor time and is no faster. */
const SPARED_CORES = 1;
const MAX_THREADS = 3;
/** Down to half its size no pixel of a picture is left out by mixing four; the near pass shrinks a little more. */
const LINEAR_ABOVE = 0.45;

const cv = load();
cv.setNumThreads(Math.max(1, Math.min(MAX_THREADS, availableParallelism() - SPARED_CORES)));

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
  if (image.cols === width && image.rows === height) return image;
  const interpolation = width < image.cols * LINEAR_ABOVE ? cv.INTER_AREA : cv.INTER_LINEAR;
  return keep(image.resize(height, width, 0, 0, interpolation));
}

export function extend(keep: Keep, image: Mat, borders: Borders, how: 'black' | 'replicate'): Mat {
  const { top, bottom, left, right } = borders;
  if (top + bottom + left + right === 0) return image;
  const kind = how === 'black' ? cv.BORDER_CONSTANT : cv.BORDER_REPLICATE;
  return keep(image.copyMakeBorder(top, bottom, left, right, kind, new cv.Vec3(0, 0, 0)));
}

/** Reads an ONNX net, or with a definition a Caffe net. */
export function readNet(weightsPath: string, definitionPath: string | null): Net {
  return definitionPath === null ? cv.readNetFromONNX(weightsPath) : cv.readNetFromCaffe(definitionPath, weightsPath);
}

/** One output of a net; readable only while its forward pass is being read. */
type Output = Readonly<{
  length: number;
  /** Every number, in the order of memory. */
  all(): Float32Array;
  /** Taken as `planes` of equal size: the number at `index` of each. */
  across(planes: number, index: number): readonly number[];
}>;

/**
 * Feeds the picture as it is and has the outputs read. One call at a time per net: the next one would overwrite its
 * results. It runs in another thread, so that frames and acknowledgements are received meanwhile.
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
    const results = (await net.forwardAsync([...outputs])).map(keep);
    return read(results.map((result) => outputOf(keep, result)));
  });
}

/** Flat views share the memory of the result, which its scope keeps alive until the numbers are copied out. */
function outputOf(keep: Keep, result: Mat): Output {
  const length = result.sizes.reduce((product, size) => product * size, 1);
  return {
    length,
    // The second copy begins where numbers of four bytes may.
    all: () => new Float32Array(new Uint8Array(keep(result.flattenFloat(1, length)).getData()).buffer),
    across: (planes, index) =>
      keep(keep(result.flattenFloat(planes, length / planes)).col(index))
        .getDataAsArray()
        .flat(),
  };
}

function load(): typeof import('@u4/opencv4nodejs') {
  process.env['OPENCV4NODEJS_DISABLE_AUTOBUILD'] = '1';
  process.env['OPENCV_LOG_LEVEL'] ??= 'ERROR';
  // With it, freeing a picture in the garbage collector aborts Node before version 24.
  process.env['OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING'] = '1';
  const require = createRequire(import.meta.url);
  const path = require.resolve('@u4/opencv4nodejs');
  // It would print colored lines on standard output.
  createRequire(path)('@u4/opencv-build').Log.silence = true;
  return require(path);
}
