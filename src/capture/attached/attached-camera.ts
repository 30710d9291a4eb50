// What is known of a camera that is attached to this machine, and what about the machine the search may ask.
import type { IsInstalled } from '../installed.ts';

export type AttachedCamera = Readonly<{
  kind: 'v4l2' | 'rpicam' | 'jetson';
  /** As its driver calls it. */
  name: string;
  /** The value of source.camera that means it. */
  camera: string;
  /** Its node in /dev; null where programs number it. */
  device: string | null;
  sizes: readonly CameraSize[];
  /** Why it cannot be used, or its sizes are unknown, and what helps; null where all is well. */
  problem: string | null;
}>;

export type CameraSize = Readonly<{
  width: number;
  height: number;
  /** The camera scales: smaller ones can be had as well. */
  orSmaller: boolean;
  /** Highest first; null where the camera does not tell. */
  framesPerSecond: readonly number[] | null;
}>;

export type Machine = Readonly<{
  sysFolder: string;
  devFolder: string;
  isInstalled: IsInstalled;
  /** All that a program writes, however it ends; empty where it does not end in time. */
  ask: (program: string, args: readonly string[]) => Promise<string>;
}>;

/** One entry for each size, the largest first, with the rates of all formats in which the camera gives it. */
export function joinedSizes(sizes: readonly CameraSize[]): readonly CameraSize[] {
  const joined = new Map<string, CameraSize>();
  for (const size of sizes) {
    const key = `${size.width}x${size.height}`;
    const before = joined.get(key);
    joined.set(key, before === undefined ? size : { ...size, framesPerSecond: joinedRates(before, size) });
  }
  return [...joined.values()].sort((a, b) => b.width * b.height - a.width * a.height);
}

function joinedRates(one: CameraSize, two: CameraSize): CameraSize['framesPerSecond'] {
  const rates = new Set([...(one.framesPerSecond ?? []), ...(two.framesPerSecond ?? [])]);
  return rates.size === 0 ? null : [...rates].sort((a, b) => b - a);
}
