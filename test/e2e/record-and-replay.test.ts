// A recording is a source: played again it gives the same numbers, and those that were measured live.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runProgram } from '../support/program.ts';
import { entered, newHome, personSeconds } from './home.ts';

const PHOTOGRAPH = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url));
const FILM_SECONDS = 5;
const FRAME_SECONDS = 0.1;

it('a recorded film replays to the same summary twice, equal to the live run', { timeout: 120_000 }, async () => {
  const home = await newHome({ source: { pace: 'max' } });
  const film = makeFilm(home.folder);
  const recording = join(home.folder, 'film.jsonl');
  const live = await runProgram(['run', '--input', film, '--record', recording, '--config', home.config], home.env);
  expect(live).toMatchObject({ code: 0, stderr: '' });
  const { rollups } = home.stored();
  expect(entered(rollups)).toBeGreaterThan(0);
  expect(readFileSync(recording, 'utf8').trim().split('\n')).toHaveLength(1 + FILM_SECONDS / FRAME_SECONDS);

  const summaries = [];
  for (const name of ['once', 'twice']) {
    const state = join(home.folder, name);
    const args = ['replay', recording, '--json', '--state', state, '--config', home.config];
    const { code, stdout } = await runProgram(args, home.env);
    expect(code).toBe(0);
    const { stateFolder, ...summary } = JSON.parse(stdout);
    expect(stateFolder).toBe(state);
    summaries.push(summary);
  }
  const [once, twice] = summaries;
  expect(twice).toEqual(once);
  expect(once).toMatchObject({ frames: FILM_SECONDS / FRAME_SECONDS, looksMissing: 0, viewers: entered(rollups) });
  expect(Math.abs(once.personSeconds - personSeconds(rollups))).toBeLessThanOrEqual(FRAME_SECONDS);
});

/** The camera moves over one photograph. */
function makeFilm(folder: string): string {
  const film = join(folder, 'film.mp4');
  const move = "fps=10,scale=960:-2,crop=640:480:'20*t':'5*t'";
  const input = ['-loop', '1', '-t', String(FILM_SECONDS), '-i', PHOTOGRAPH];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...input, '-vf', move, '-c:v', 'mpeg4', '-q:v', '3', film]);
  return film;
}
