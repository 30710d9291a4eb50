// Which program with which arguments a choice of source means.
import { statSync } from 'node:fs';
import { isStreamAddress } from './address.ts';
import { parseCameraName } from './camera-name.ts';
import { CaptureError } from './capture-error.ts';
import { commandSource } from './command.ts';
import { demoSource } from './demo.ts';
import { filmSource } from './film.ts';
import { type IsInstalled, installedOn } from './installed.ts';
import { jetsonSource } from './jetson.ts';
import { picturesSource } from './pictures.ts';
import { raspistillSource } from './raspistill/source.ts';
import { rpicamSource } from './rpicam.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';
import { streamSource } from './stream.ts';
import { v4l2Source } from './v4l2.ts';

/**
 * The source that the options name, with frames of exactly the size they ask for; without input, camera and command it is the
 * demo. Throws a CaptureError where none of the programs for it is installed.
 */
export function sourceFrom(
  options: CaptureOptions,
  isInstalled: IsInstalled = installedOn(process.env['PATH']),
): CaptureSource {
  const { input, camera, command } = options;
  refuseTwo(options);
  if (camera !== null) return cameraSource(camera, options, isInstalled);
  if (command !== null) return commandSource(command, options, isInstalled);
  if (input === null) return demoSource(options);
  if (isStreamAddress(input)) return streamSource(input, options);
  return isFolder(input) ? picturesSource(input, options) : filmSource(input, options);
}

function refuseTwo({ input, camera, command }: CaptureOptions): void {
  const [one, two] = [
    ...(input === null ? [] : ['an input']),
    ...(camera === null ? [] : ['a camera']),
    ...(command === null ? [] : ['a command']),
  ];
  if (two !== undefined) throw new CaptureError(`Both ${one} and ${two} are given. Name one of the two.`);
}

function cameraSource(camera: string, options: CaptureOptions, isInstalled: IsInstalled): CaptureSource {
  const name = parseCameraName(camera);
  switch (name.kind) {
    case 'rpicam':
      return rpicamSource(name, options, isInstalled);
    case 'raspistill':
      return raspistillSource(name, options, isInstalled);
    case 'jetson':
      return jetsonSource(name, options, isInstalled);
    case 'v4l2':
      return v4l2Source(name.device, options);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
