// Any program that writes I420 to its standard output as a source.
import { basename } from 'node:path';
import { CaptureError } from './capture-error.ts';
import { CAMERA_FLOW, framesAsked } from './frame-flow.ts';
import type { IsInstalled } from './installed.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

export function commandSource(
  command: readonly string[],
  options: CaptureOptions,
  isInstalled: IsInstalled,
): CaptureSource {
  const { width, height, fps, rowBytes } = options;
  const values: Readonly<Record<string, number>> = { width, height, framesPerSecond: fps };
  const [program = '', ...args] = command.map((word) =>
    word.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder)),
  );
  if (!isInstalled(program)) {
    throw new CaptureError(
      `source.command begins with ${program}, which is no program on the PATH. Install it or write its whole path.`,
    );
  }
  return {
    kind: 'command',
    // Its arguments may hold a password.
    label: `command ${basename(program)}`,
    program,
    args,
    ...framesAsked(options),
    frame: { width, height, strideBytes: rowBytes ?? width },
    ...CAMERA_FLOW,
    // What services are stopped with, so that any program knows it.
    stopSignal: 'SIGTERM',
  };
}
