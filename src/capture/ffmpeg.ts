// The parts that every call of ffmpeg shares: quiet, no terminal, frames scaled to one size, raw I420 on stdout.
import type { FrameSize } from './frame-size.ts';

export const FFMPEG = 'ffmpeg';

export const QUIET_ARGS: readonly string[] = ['-nostdin', '-hide_banner', '-loglevel', 'error'];

export const I420_ARGS: readonly string[] = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'];

/** The first moving picture of the input; a capital V leaves out cover art. */
export const FIRST_VIDEO_ARGS: readonly string[] = ['-map', '0:V:0'];

/** Filters that bring any picture to the size with its shape kept (`dar` knows about pixels that are not square). */
export function fitFilter({ width, height }: FrameSize): string {
  const fitWidth = `min(${width},trunc(${height}*dar/2+0.5)*2)`;
  const fitHeight = `min(${height},trunc(${width}/dar/2+0.5)*2)`;
  // Photographs use the full range of brightness, films a limited one: the sensor gets the limited one always.
  return `scale=w='${fitWidth}':h='${fitHeight}':out_range=tv,pad=${width}:${height}:-1:-1`;
}
