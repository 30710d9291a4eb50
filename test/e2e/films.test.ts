// Films whose audience is known are measured as they are, and films without any give nobody.
import { expect, it } from 'vitest';
import type { DemoSummary } from '../../src/cli/demo-summary.ts';
import { runProgram } from '../support/program.ts';
import { sharedPath } from '../support/shared.ts';
import { entered, newHome, personSeconds } from './home.ts';

const AS_FAST_AS_POSSIBLE = { source: { pace: 'max' } };

const lobby = sharedPath('films', 'lobby-composite.mp4');

/** Counted by hand: 11 visits, 100.9 person-seconds. */
it.skipIf(lobby === null)(
  'the lobby gives 11 visits ± 1 and 100.9 person-seconds ± 10 % (needs the shared films)',
  {
    timeout: 400_000,
  },
  async () => {
    const home = await newHome(AS_FAST_AS_POSSIBLE);
    const ended = await runProgram(['run', '--input', lobby ?? '', '--config', home.config], home.env);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { rollups, open } = home.stored();
    expect(open).toEqual([]);
    expect(rollups.reduce((sum, { uptimeMs }) => sum + uptimeMs, 0)).toBe(104_000);
    expect(entered(rollups)).toBeGreaterThanOrEqual(10);
    expect(entered(rollups)).toBeLessThanOrEqual(12);
    expect(personSeconds(rollups)).toBeGreaterThan(100.9 * 0.9);
    expect(personSeconds(rollups)).toBeLessThan(100.9 * 1.1);
  },
);

it.for(['people-detection.preview.mp4', 'store-aisle-detection.preview.mp4', 'worker-zone-detection.preview.mp4'])(
  'nobody is seen in %s, and the demo fails saying so (needs the shared films)',
  { timeout: 90_000 },
  async (name, { skip }) => {
    const film = sharedPath('films', name);
    if (film === null) return skip('the shared films are not here');
    const home = await newHome(AS_FAST_AS_POSSIBLE);
    const ended = await runProgram(['demo', '--input', film, '--json', '--config', home.config], home.env);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('nobody was seen');
    const summary: DemoSummary = JSON.parse(ended.stdout);
    expect(summary).toMatchObject({ source: `film ${name}`, viewers: 0, personSeconds: 0, looks: 0 });
    expect(summary.frames).toBeGreaterThan(10);
  },
);
