// The cameras at the CSI connectors of a Raspberry Pi, as its own program lists them.
import { firstInstalled } from '../installed.ts';
import { type AttachedCamera, type CameraSize, joinedSizes, type Machine } from './attached-camera.ts';

const PROGRAMS = ['rpicam-hello', 'libcamera-hello'] as const;

export async function piCameras({ isInstalled, ask }: Machine): Promise<readonly AttachedCamera[]> {
  const program = firstInstalled(PROGRAMS, isInstalled);
  return program === null ? [] : camerasIn(await ask(program, ['--list-cameras']));
}

/** `0 : imx219 [3280x2464 10-bit RGGB] (/base/…)`, then its modes (rpicam-apps, core/options.cpp). */
function camerasIn(text: string): readonly AttachedCamera[] {
  return text.split(/^(?=\d+ : )/m).flatMap((part) => {
    const [, index, name] = /^(\d+) : (\S+) /.exec(part) ?? [];
    if (index === undefined || name === undefined) return [];
    const camera = index === '0' ? 'rpicam' : `rpicam:${index}`;
    return [{ kind: 'rpicam', name, camera, device: null, sizes: joinedSizes(modesIn(part)), problem: null } as const];
  });
}

function modesIn(part: string): readonly CameraSize[] {
  return [...part.matchAll(/ (\d+)x(\d+) \[([\d.]+) fps/g)].map(([, width, height, rate]) => ({
    width: Number(width),
    height: Number(height),
    // The image processor scales each of them.
    orSmaller: true,
    framesPerSecond: [Number(rate)],
  }));
}
