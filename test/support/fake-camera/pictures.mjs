// Draws what a fake camera sees, as frames of I420: a real photograph with the noise of a sensor, or what is left when it fails.
import { execFileSync } from 'node:child_process';
import { randomFillSync, randomInt } from 'node:crypto';

/**
 * What ffmpeg does with the photograph of people, whose faces are found. A level is one of the limited range only where the format
 * says so: ffmpeg 7 would set it in the full range of the photograph, and then convert it.
 */
const FILTERS = {
  people: 'null',
  frozen: 'null',
  empty: 'boxblur=60:2',
  blurred: 'boxblur=6:2',
  // The camera was turned: other things are where people were.
  moved: 'vflip,crop=iw/2:ih/2:0:0',
  covered: 'format=yuv420p,lutyuv=y=90:u=128:v=128',
  black: 'format=yuv420p,lutyuv=y=16:u=128:v=128',
};

/** A few are enough for frames that follow each other to differ. */
const NOISES = 4;
const NOISE = { people: 2, empty: 2, blurred: 2, moved: 2, covered: 1, black: 0, frozen: 0 };

/**
 * @param {{ ffmpeg: string, photograph: string }} real
 * @param {string} picture a name above, or garbage
 * @param {{ width: number, height: number, stride: number }} shape
 * @returns {(index: number) => Buffer} the frame of each index
 */
export function drawFrames(real, picture, { width, height, stride }) {
  if (picture === 'garbage') return () => randomFillSync(Buffer.alloc((stride * height * 3) / 2));
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=increase:out_range=tv,crop=${width}:${height}`;
  const plain = decoded(
    real,
    [fit, FILTERS[picture], `scale=${width}:${height}`],
    ['-pix_fmt', 'yuv420p', '-f', 'rawvideo'],
  );
  const frames = Array.from({ length: NOISES }, () =>
    padded(noisy(plain, width * height, NOISE[picture]), width, height, stride),
  );
  return (index) => frames[index % NOISES];
}

/** @param {{ ffmpeg: string, photograph: string }} real */
export function drawJpeg(real, picture, { width, height }) {
  if (picture === 'garbage') return randomFillSync(Buffer.alloc(50_000));
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  // No two photographs have the same noise.
  const noise = NOISE[picture] === 0 ? 'null' : `noise=alls=${2 * NOISE[picture]}:all_seed=${randomInt(2 ** 31 - 1)}`;
  return decoded(real, [fit, FILTERS[picture], `scale=${width}:${height}`, noise], ['-q:v', '3', '-f', 'mjpeg']);
}

function decoded({ ffmpeg, photograph }, filters, format) {
  const input = ['-nostdin', '-loglevel', 'error', '-i', photograph, '-frames:v', '1', '-vf', filters.join()];
  return execFileSync(ffmpeg, [...input, ...format, 'pipe:1'], { maxBuffer: 2 ** 26 });
}

/** Brightness alone, within what video may hold. */
function noisy(frame, lumaBytes, most) {
  const copy = Buffer.from(frame);
  const dice = randomFillSync(Buffer.alloc(lumaBytes));
  for (let place = 0; most > 0 && place < lumaBytes; place += 1) {
    copy[place] = Math.min(235, Math.max(16, copy[place] + (dice[place] % (2 * most + 1)) - most));
  }
  return copy;
}

function padded(frame, width, height, stride) {
  if (stride === width) return frame;
  // What is in the padding is nobody's business, so it is something that would be seen.
  const rows = Buffer.alloc((stride * height * 3) / 2, 255);
  let from = 0;
  let to = 0;
  for (let row = 0; row < 2 * height; row += 1) {
    const [taken, given] = row < height ? [width, stride] : [width / 2, stride / 2];
    frame.copy(rows, to, from, from + taken);
    from += taken;
    to += given;
  }
  return rows;
}
