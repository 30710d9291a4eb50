// Which program with which arguments a choice of source means.
import { statSync } from 'node:fs';
import { isStreamAddress } from './address.ts';
import { CaptureError } from './capture-error.ts';
import { demoSource } from './demo.ts';
import { filmSource } from './film.ts';
import { picturesSource } from './pictures.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';
import { streamSource } from './stream.ts';
import { v4l2Source } from './v4l2.ts';

/** The source that the options name, with frames of exactly the size they ask for; neither input nor camera is the demo. */
export function sourceFrom(options: CaptureOptions): CaptureSource {
  const { input, camera } = options;
  if (input !== null && camera !== null) {
    throw new CaptureError(`Both an input (${input}) and a camera (${camera}) are given. Name one of the two.`);
  }
  if (camera !== null) return v4l2Source(camera, options);
  if (input === null) return demoSource(options);
  if (isStreamAddress(input)) return streamSource(input, options);
  return isFolder(input) ? picturesSource(input, options) : filmSource(input, options);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
