// Makes the films on which speed is compared out of a photograph: four people who are always there, and a room without anybody.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type SceneName = 'four faces' | 'nobody';
export type Scene = Readonly<{ name: SceneName; path: string }>;

export const FRAMES_PER_SECOND = 10;

const PHOTOGRAPH = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo/sample6.jpg', import.meta.url));
/** Then others come: the same four in the mirror, so that each has to be found and looked at anew. */
const VISIT_SECONDS = 20;
/** Noise with a standard deviation of 4 per pixel, as of a camera indoors. */
const NOISE = 'noise=alls=7:allf=t';

const FILTERS: Readonly<Record<SceneName, readonly string[]>> = {
  // A tenth larger than the frame, which moves over it all the time: no frame is like the one before.
  'four faces': [
    'scale=704:528:force_original_aspect_ratio=increase:out_range=tv,crop=704:528:(iw-ow)/2:(ih-oh)/8',
    still(),
    'crop=640:480:(iw-ow)*(0.5-0.5*cos(2*PI*t/8)):(ih-oh)*(0.5-0.5*cos(2*PI*t/5))',
    `hflip=enable=mod(floor(t/${VISIT_SECONDS})\\,2)`,
  ],
  // The corner of the photograph with a door and a window.
  nobody: ['crop=480:360:0:0,scale=640:480:out_range=tv', still()],
};

/** Uncompressed, so that whoever reads it spends next to nothing on that. */
export function makeScene(name: SceneName, seconds: number, folder: string): Scene {
  const path = join(folder, `${name.replace(' ', '-')}.y4m`);
  const frames = String(seconds * FRAMES_PER_SECOND);
  const filters = [...FILTERS[name], NOISE].join();
  const output = ['-frames:v', frames, '-vf', filters, '-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe', path];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', PHOTOGRAPH, ...output]);
  return { name, path };
}

/** One picture over and over. */
function still(): string {
  return `format=yuv420p,loop=loop=-1:size=1:start=0,setpts=N/${FRAMES_PER_SECOND}/TB,fps=${FRAMES_PER_SECOND}`;
}
