// A network camera that refuses us is asked again until it lets us in; its password is in no word that we say.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { descendantsOf, familyOf, readableOf } from '../support/processes.ts';
import { startProgram } from '../support/program.ts';
import { noRtspServer, startRtspServer } from '../support/rtsp-server.ts';
import { newHome } from './home.ts';
import { subscribeTo } from './messages.ts';

const USERNAME = 'kiosk7';

it.skipIf(noRtspServer)('refused at the start, dead, and back again', { timeout: 120_000 }, async () => {
  const refusing = await startRtspServer({ user: { username: USERNAME, password: 'another' } });
  const { port } = refusing;
  const home = await newHome();
  const passwordFile = join(home.folder, 'password');
  writeFileSync(passwordFile, 's3cret #1\n');
  home.configure({ source: { input: `rtsp://127.0.0.1:${port}/cam`, username: USERNAME, passwordFile } });
  const run = startProgram(['run', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  const refused = await messages.see('health', ({ fault }) => fault === 'refused');
  expect(refused).toMatchObject({
    health: 'reconnecting',
    detail: expect.stringMatching(/401 Unauthorized .+; check source\.username and source\.passwordFile$/),
  });

  await refusing.kill();
  await messages.see('health', ({ fault }) => fault === 'unreachable');
  await startRtspServer({ port, user: { username: USERNAME, password: 's3cret #1' } });
  await messages.see('health', ({ health }) => health === 'ok');
  await eventually(
    () => familyOf(run.pid),
    (family) => family !== null,
  );
  const seen = [run.pid, ...descendantsOf(run.pid)].map(readableOf).join('\n');
  expect(seen).not.toMatch(/s3cret|kiosk7/);
  run.kill('SIGTERM');
  const { code, stdout, stderr } = await run.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout + JSON.stringify(messages.all('health'))).not.toMatch(/s3cret|kiosk7/);
  // What could not be seen is unknown.
  expect(home.stored().rollups.every(({ uptimeMs }) => uptimeMs < 60_000)).toBe(true);
});
