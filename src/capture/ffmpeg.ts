// The parts that every call of ffmpeg shares: quiet, no terminal, frames scaled to one size, raw I420 on stdout.
import type { FrameSize } from './frame-size.ts';

export const FFMPEG = 'ffmpeg';

/** What ffmpeg or ffprobe is to read. */
export type FfmpegInput = Readonly<{
  args: readonly string[];
  /** Is written to its descriptor 3; null where its arguments say all. */
  secret: string | null;
}>;

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

/**
 * The arguments for pictures as they come, filtered, at most so many in a second. The filter `fps` would go by the times that a
 * camera writes on its pictures, which an MJPEG stream lacks (ffmpeg takes it for 25 a second, whatever it is), and would fill
 * gaps with copies, which nobody saw. Here the clock on the wall decides: a picture is taken from a quarter of a period before it
 * is due; the next one is due a period after that, or half a period after it came when it came late or the clock was set. Their own
 * times are dropped altogether, since ffmpeg complains of each that goes back.
 */
export function livePicturesArgs(fps: number, filters: string): readonly string[] {
  const period = 1 / fps;
  const isEarly = `between(time(0)-ld(0),${-2 * period},${-period / 4})`;
  const nextDue = `clip(ld(0),time(0)-${period / 2},time(0)+${period / 2})+${period}`;
  const taken = `select='if(${isEarly},0,st(0,${nextDue}))'`;
  return [
    ...['-vf', `${taken},${filters},settb=AVTB,setpts=RTCTIME`],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '1:1000000'],
  ];
}
