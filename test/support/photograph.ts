// Reads the photographs of people that come with a development dependency, as the sensor would see them.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bgrFromI420, type Keep, type Mat } from '../../src/sensor/opencv.ts';

/** Each of `sample1.jpg` to `sample6.jpg` shows three to five people. */
export function photographPath(name: string): string {
  return fileURLToPath(new URL(`../../node_modules/@vladmandic/face-api/demo/${name}`, import.meta.url));
}

/** Scaled by ffmpeg, whose filters may turn or cut it before. */
export function photograph(
  keep: Keep,
  name: string,
  width: number,
  height: number,
  filters: readonly string[] = [],
): Mat {
  const scaled = [...filters, `scale=${width}:${height}`].join(',');
  const format = ['-vf', scaled, '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'];
  const bytes = execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', photographPath(name), ...format], {
    maxBuffer: 2 ** 26,
  });
  return bgrFromI420(keep, bytes, { width, height, strideBytes: width });
}
