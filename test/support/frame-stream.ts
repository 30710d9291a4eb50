// Makes of whole frames the bytes that a faulty source would write.
import { type FrameShape, frameBytes, type Picture, planesOf } from '../../src/sensor/luma.ts';
import { cutIntoFrames } from './treated-frames.ts';

/** The frames as they are read after so many bytes were lost. */
export function afterLoss(frames: readonly Picture[], lostBytes: number): readonly Picture[] {
  return cutIntoFrames(Buffer.concat(frames.map(({ bytes }) => bytes)).subarray(lostBytes));
}

/** Frames of another size, as they are read by somebody who does not know it. */
export function misread(frames: readonly Picture[], width: number, height: number): readonly Picture[] {
  return cutIntoFrames(Buffer.concat(frames.map((frame) => resized(frame, { width, height, strideBytes: width }))));
}

function resized(frame: Picture, shape: FrameShape): Uint8Array {
  const bytes = new Uint8Array(frameBytes(shape));
  const sources = planesOf(frame.shape);
  planesOf(shape).forEach((plane, index) => {
    const source = sources[index] ?? sources[0];
    for (let y = 0; y < plane.height; y += 1) {
      const line = source.from + Math.floor((y * source.height) / plane.height) * source.strideBytes;
      for (let x = 0; x < plane.width; x += 1) {
        const offset = line + Math.floor((x * source.width) / plane.width);
        bytes[plane.from + y * plane.strideBytes + x] = frame.bytes[offset] ?? 0;
      }
    }
  });
  return bytes;
}
