// What the sensor takes for a face at the edge of the frame.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { openSight } from '../../../src/sensor/sight.ts';
import { photographPath } from '../../support/photograph.ts';
import { sensorOptions } from '../../support/sensor-options.ts';

const FRAME = { width: 640, height: 480 };

it('a face is there while the edge of the frame cuts off less than a quarter of it', { timeout: 120_000 }, async () => {
  const { pack, ...options } = sensorOptions(FRAME.width, FRAME.height);
  const sight = await openSight({ ...options, pack: { ...pack, pack: 'count-only' } });
  const facesFrom = (left: number) => sight(framesFrom(left), (scene) => scene.detect());
  const [face] = (await facesFrom(0)).toSorted((a, b) => b.box.x - a.box.x);
  if (face === undefined) throw new Error('the photograph shows nobody');
  const { x, width } = face.box;
  const atTheEdge = async (cutShare: number) => {
    const faces = await facesFrom(Math.round(x + cutShare * width));
    return faces.filter(({ box }) => box.x < 0).length;
  };
  expect(await atTheEdge(0.15)).toBe(1);
  expect(await atTheEdge(0.33)).toBe(0);
});

/** The frame whose left edge is that far into the photograph. */
function framesFrom(left: number): Buffer {
  const { width, height } = FRAME;
  const shown = `scale=-2:${height},pad=iw+${width}:ih,crop=${width}:${height}:${left}:0`;
  const args = ['-vf', shown, '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'];
  return execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', photographPath('sample6.jpg'), ...args], {
    maxBuffer: 2 ** 26,
  });
}
