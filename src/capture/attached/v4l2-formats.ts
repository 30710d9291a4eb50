// Reads the sizes and rates of a V4L2 camera from what ffmpeg and v4l2-ctl say about it.
import { FFMPEG } from '../ffmpeg.ts';
import { type CameraSize, joinedSizes, type Machine } from './attached-camera.ts';

/**
 * What ffmpeg, which will read it, can have of the camera, with the rates that v4l2-ctl knows where it is installed. Empty where
 * the device gives no pictures; null where ffmpeg is not installed.
 */
export async function v4l2Sizes(device: string, machine: Machine): Promise<readonly CameraSize[] | null> {
  if (!machine.isInstalled(FFMPEG)) return null;
  const args = ['-nostdin', '-hide_banner', '-f', 'v4l2', '-list_formats', 'all', '-i', device];
  const sizes = joinedSizes(inFfmpeg(await machine.ask(FFMPEG, args)));
  if (sizes.length === 0) return sizes;
  const known = await sensorSizes(device, machine);
  return sizes.map((size) => known.find(({ width, height }) => width === size.width && height === size.height) ?? size);
}

/** In whatever format, as v4l2-ctl knows them. */
export async function sensorSizes(device: string, { isInstalled, ask }: Machine): Promise<readonly CameraSize[]> {
  if (!isInstalled('v4l2-ctl')) return [];
  return joinedSizes(inV4l2Ctl(await ask('v4l2-ctl', ['-d', device, '--list-formats-ext'])));
}

/** A line for a format, with all its sizes and no rates; what it cannot read is `Unsupported` (FFmpeg, libavdevice/v4l2.c). */
function inFfmpeg(said: string): readonly CameraSize[] {
  return said
    .split('\n')
    .filter((line) => /\] (Raw {7}|Compressed): /.test(line) && !/: Unsupported :/.test(line))
    .map((line) => line.slice(line.lastIndexOf(' : ')))
    .flatMap((text) => [...text.matchAll(/ (\d+)x(\d+)\b| \{\d+-(\d+), \d+\}x\{\d+-(\d+), \d+\}/g)].map(sizeOf));
}

/** A line for a size, followed by one for each of its rates (v4l-utils, v4l2-ctl-vidcap.cpp). */
function inV4l2Ctl(text: string): readonly CameraSize[] {
  const sizes: CameraSize[] = [];
  for (const line of text.split('\n')) {
    const size = /Size: Discrete (\d+)x(\d+)|Size: \w+ \d+x\d+ - (\d+)x(\d+)/.exec(line);
    const last = sizes.at(-1);
    const rates = [...line.matchAll(/([\d.]+)(?:-([\d.]+))? fps/g)].map(([, from, to]) => Number(to ?? from));
    if (size !== null) sizes.push(sizeOf(size));
    else if (last !== undefined && rates.length > 0) {
      sizes[sizes.length - 1] = { ...last, framesPerSecond: [...(last.framesPerSecond ?? []), ...rates] };
    }
  }
  return sizes;
}

/** A fixed size, or else the largest of a range. */
function sizeOf([, width, height, mostWidth, mostHeight]: readonly string[]): CameraSize {
  return {
    width: Number(width ?? mostWidth),
    height: Number(height ?? mostHeight),
    orSmaller: mostWidth !== undefined,
    framesPerSecond: null,
  };
}
