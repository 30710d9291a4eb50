// A camera that takes a photograph every two seconds: a visit of twenty seconds is one viewer, as long as it was.
import { expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { fakeCamera } from '../../support/fake-programs.ts';
import { startProgram } from '../../support/program.ts';
import { newHome } from '../home.ts';
import { subscribeTo } from '../messages.ts';

const PEOPLE = 4;
const VISIT_MS = 20_000;
/** A photograph at each end, and the time that it takes. */
const WITHIN_MS = 5000;

it('one viewer for each of those who stood there for twenty seconds', async () => {
  const camera = fakeCamera('raspistill', { picture: 'empty' });
  const home = await newHome({
    source: { camera: 'raspistill', framesPerSecond: 0.5 },
    models: { pack: 'count-only' },
  });
  const daemon = startProgram(['run', '--config', home.config], { ...home.env, PATH: camera.path });
  const messages = await subscribeTo(home.port);
  await messages.see('now', ({ health, present }) => health === 'ok' && present === 0, 60_000);
  camera.behave({ picture: 'people' });
  const cameAt = performance.now();
  await eventually(
    () => performance.now() - cameAt,
    (passed) => passed >= VISIT_MS,
    VISIT_MS + 1000,
  );
  camera.behave({ picture: 'empty' });
  const left = () => messages.all('viewer').filter(({ type }) => type === 'onlooker.viewer.left.v1');
  await eventually(left, (events) => events.length >= PEOPLE, 30_000);
  daemon.kill('SIGTERM');
  await daemon.ended;
  expect(left()).toHaveLength(PEOPLE);
  for (const { data } of left()) {
    const { dwellMs } = data as { dwellMs: number }; // every event of this type has it
    expect(Math.abs(dwellMs - VISIT_MS)).toBeLessThan(WITHIN_MS);
  }
});
