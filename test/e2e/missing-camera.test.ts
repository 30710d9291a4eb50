// A camera that is not there: the demo refuses it, a service waits for it and says so.
import { expect, it } from 'vitest';
import { runProgram, startProgram } from '../support/program.ts';
import { newHome } from './home.ts';
import { subscribeTo } from './messages.ts';

it('demo names the camera that is missing', async () => {
  const home = await newHome();
  const demo = await runProgram(['demo', '--camera', '/dev/video99', '--config', home.config], home.env);
  expect(demo).toMatchObject({ code: 66, stdout: '' });
  expect(demo.stderr).toMatch(/^onlooker: There is no camera \/dev\/video99: .+\n$/);
});

it('demo ends in its time with a device that gives no frames, and says what did not happen', async () => {
  const home = await newHome();
  const args = ['demo', '--camera', '/dev/null', '--for', '1s', '--json', '--config', home.config];
  const { code, stdout, stderr } = await runProgram(args, home.env);
  expect(code).toBe(1);
  expect(stderr).toContain('no frame was looked at');
  expect(JSON.parse(stdout)).toMatchObject({ frames: 0, viewers: 0, source: 'camera /dev/null' });
});

it('run waits for the camera: health names it, nothing is counted, SIGTERM still ends it', async () => {
  const home = await newHome();
  const run = startProgram(['run', '--camera', '/dev/video99', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  await messages.see(
    'health',
    ({ health, detail }) => health === 'reconnecting' && /\/dev\/video99/.test(detail ?? ''),
  );
  await messages.see('now', ({ health, present }) => health === 'reconnecting' && present === null);
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
  // A minute that ended meanwhile is unknown, not empty.
  expect(home.stored().rollups.filter(({ audience }) => audience !== null)).toEqual([]);
});
