// Finds out, before anything starts, whether a source can work and how large its frames should be.
import { readdirSync, statSync } from 'node:fs';
import { isStreamAddress } from './address.ts';
import { type CameraName, parseCameraName } from './camera-name.ts';
import { CaptureError } from './capture-error.ts';
import type { FfmpegInput } from './ffmpeg.ts';
import { fileUrl } from './film.ts';
import { frameSizeWithin } from './frame-size.ts';
import { PICTURE_INPUT_ARGS, picturesIn } from './pictures.ts';
import { probe } from './probe.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';
import { sourceFrom } from './source-from.ts';
import { streamInput } from './stream.ts';

/**
 * Like `sourceFrom`, but looks: films, pictures and streams get frames of their own shape, and what cannot work throws a
 * CaptureError. A stream that does not answer is no error, since it may come later: its frames have the size of the options.
 */
export async function resolveSource(options: CaptureOptions): Promise<CaptureSource> {
  const { input, camera, command } = options;
  if (camera !== null) checkCamera(parseCameraName(camera));
  if (input === null || camera !== null || command !== null) return sourceFrom(options);
  const probed = await probe(probeInput(input, options.credentials));
  if (probed.kind === 'video') return sourceFrom({ ...options, ...frameSizeWithin(probed.size) });
  if (isStreamAddress(input)) return sourceFrom(options);
  throw new CaptureError(
    `${firstFile(input)} cannot be read as a ${isFolder(input) ? 'picture' : 'video'}: ${probed.reason}. ` +
      'Name a video file, a folder of pictures, or an rtsp or http address.',
  );
}

function probeInput(input: string, credentials: CaptureOptions['credentials']): FfmpegInput {
  if (isStreamAddress(input)) return streamInput(input, credentials);
  const file = fileUrl(firstFile(input));
  return { args: isFolder(input) ? [...PICTURE_INPUT_ARGS, '-i', file] : ['-i', file], secret: null };
}

/** The first picture stands for its folder; the others are fitted into its shape. */
function firstFile(input: string): string {
  return isFolder(input) ? (picturesIn(input)[0] ?? input) : input;
}

function isFolder(input: string): boolean {
  const found = statSync(input, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new CaptureError(`There is no file or folder ${input}. Check the path.`);
  }
  return found.isDirectory();
}

/** Whether a numbered camera is there only its program can say. */
function checkCamera(name: CameraName): void {
  if (name.kind !== 'v4l2') return;
  const { device } = name;
  const found = statSync(device, { throwIfNoEntry: false });
  if (found?.isCharacterDevice()) return;
  const wrong = found === undefined ? `There is no camera ${device}` : `${device} is not a camera`;
  throw new CaptureError(`${wrong}: ${knownCameras()}`);
}

function knownCameras(): string {
  const devices = readdirSync('/dev')
    .filter((name) => /^video\d+$/.test(name))
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)))
    .map((name) => `/dev/${name}`);
  return devices.length === 0
    ? 'no /dev/video* exists. Plug the camera in, and check that its driver is loaded.'
    : `${devices.join(', ')} exist. Name one of them with --camera.`;
}
