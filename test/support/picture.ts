// Makes pictures of numbers for tests of nets, and reads photographs as numbers.
import { cv } from '../../src/sensor/load-opencv.ts';
import type { Keep, Mat } from '../../src/sensor/opencv.ts';

/** The value of a pixel, 0 to 255, in a channel of those that the net is fed, in its order. */
export type Pattern = (channel: number, y: number, x: number) => number;

export const slope: Pattern = (channel, y, x) => (7 * channel + 3 * y + 5 * x) % 256;
export const rings: Pattern = (channel, y, x) => (x * x + y * y + 40 * channel) % 256;

/** The picture holds the channels in the order in which OpenCV keeps them: blue, green, red. */
export function picture(keep: Keep, pattern: Pattern, channelOrder: 'rgb' | 'bgr', width: number, height = width): Mat {
  const values = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return pattern(channelOrder === 'rgb' ? 2 - (i % 3) : i % 3, Math.floor(pixel / width), pixel % width);
  });
  return keep(new cv.Mat(Buffer.from(values), height, width, cv.CV_8UC3));
}

/** Channels red, green, blue; every `step`-th pixel from a place in the photograph on. */
export function pixelsOf(keep: Keep, path: string, place: { left: number; top: number }, step: number): Pattern {
  const image = keep(cv.imread(path));
  const { cols } = image;
  // Copied at once: what getData gives does not keep the picture's memory alive.
  const bytes = Uint8Array.from(image.getData());
  return (channel, y, x) => bytes[3 * ((place.top + step * y) * cols + place.left + step * x) + 2 - channel] ?? 0;
}
