// A photograph that hangs on the wall is counted for the patience and not longer; the visitor before it for all his time.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';
import { entered, newHome, personSeconds } from './home.ts';
import { subscribeTo } from './messages.ts';

const FILM_SECONDS = 40;
/** The least that can be configured. */
const PATIENCE_SECONDS = 10;
/** The middle of the visitor's face is within the picture from 0.8 to 19.1 s. */
const VISIT_SECONDS = 18.3;

it('a poster stops being a viewer, dated in health, and is none again when somebody passes before it', {
  timeout: 240_000,
}, async () => {
  const home = await newHome({
    source: { pace: 'max' },
    tracker: { staticAfterMs: PATIENCE_SECONDS * 1000 },
    models: { pack: 'count-only' },
  });
  const film = makeFilm(home.folder);
  const program = startProgram(['run', '--input', film, '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  const health = await messages.see('health', ({ staticExcluded }) => staticExcluded.length > 0, 180_000);
  const ended = await program.ended;
  expect(ended).toMatchObject({ code: 0, stderr: '' });

  const left = messages.all('viewer').filter(({ type }) => type === 'onlooker.viewer.left.v1');
  expect(left.map(({ data }) => data.reason)).toEqual(['static', 'gone']);
  const [poster, visitor] = left.map(({ data }) => data);
  expect(health.staticExcluded).toEqual([{ at: poster?.leftAt, viewer: poster?.viewer }]);
  expect(secondsOf(poster)).toBeGreaterThanOrEqual(PATIENCE_SECONDS);
  expect(secondsOf(poster)).toBeLessThanOrEqual(PATIENCE_SECONDS + 0.5);
  expect(secondsOf(visitor)).toBeGreaterThan(VISIT_SECONDS - 1);
  expect(secondsOf(visitor)).toBeLessThan(VISIT_SECONDS + 1);
  const { rollups } = home.stored();
  expect(entered(rollups)).toBe(2);
  expect(personSeconds(rollups)).toBeCloseTo(secondsOf(poster) + secondsOf(visitor), 1);
});

function secondsOf(viewer: { dwellMs: number } | undefined): number {
  return (viewer?.dwellMs ?? Number.NaN) / 1000;
}

/** A gray wall with a framed face; a second person comes from the left, stands and sways, and goes to the right past the frame. */
function makeFilm(folder: string): string {
  const film = join(folder, 'poster.avi');
  const x = 'if(lt(t,2),-210+180*t,if(lt(t,16),150+6*sin(2.5*t),150+130*(t-16)))';
  const scene = [
    '[1]crop=500:600:1350:150,scale=150:180,loop=-1:1,fps=10[poster]',
    '[2]crop=500:900:960:130,scale=220:396,loop=-1:1,fps=10[visitor]',
    '[0][poster]overlay=430:60[wall]',
    `[wall][visitor]overlay=x='${x}':y='84+3*sin(4*t)'[people]`,
    // About 4 of 255 in each pixel: a camera in a lit room.
    '[people]noise=alls=7:allf=t[film]',
  ].join(';');
  const wall = ['-f', 'lavfi', '-i', `color=c=gray:s=640x480:r=10:d=${FILM_SECONDS}`];
  const photograph = (number: number) => ['-i', pathOf(number)];
  const output = ['-map', '[film]', '-t', String(FILM_SECONDS), '-c:v', 'mpeg4', '-q:v', '2', film];
  const inputs = [...wall, ...photograph(6), ...photograph(3)];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...inputs, '-filter_complex', scene, ...output]);
  return film;
}

function pathOf(photograph: number): string {
  return fileURLToPath(
    new URL(`../../node_modules/@vladmandic/face-api/demo/sample${photograph}.jpg`, import.meta.url),
  );
}
