// What systemd hears of a run over a real socket: ready, a status, a watchdog fed by work only, and the end.
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { familyOf } from '../support/processes.ts';
import { startProgram } from '../support/program.ts';
import { openNotifySocket } from '../systemd/notify-socket.ts';
import { newHome } from './home.ts';

const WATCHDOG_MS = 2000;
const PATIENCE_MS = 40_000;
const SEEING = /^STATUS=\d+ fps, \d+ present, broker connected, 0 queued$/;
const AWAY = /^STATUS=camera away \(no frame for \d+ s\), reconnecting in \d+ s, broker connected, 0 queued$/;

it('READY, STATUS and WATCHDOG while frames flow; none while the sensor hangs; again when it is known; STOPPING', {
  timeout: 120_000,
}, async () => {
  const socket = await openNotifySocket(WATCHDOG_MS);
  const home = await newHome();
  const run = startProgram(['run', '--config', home.config], { ...socket.env, ...home.env });
  const since = (start: number) => socket.received().slice(start);
  /** Waits for such a field and returns those up to it. */
  const until = async (start: number, isIt: (field: string) => boolean): Promise<readonly string[]> => {
    const fields = await eventually(
      () => since(start),
      (heard) => heard.some(isIt),
      PATIENCE_MS,
    );
    return fields.slice(0, fields.findIndex(isIt) + 1);
  };
  await until(0, (field) => SEEING.test(field));
  const ready = socket.received().filter((field) => field === 'READY=1');
  expect(ready).toHaveLength(1);
  await until(socket.received().length, (field) => field === 'WATCHDOG=1');

  const family = await eventually(
    () => familyOf(run.pid),
    (found) => found !== null,
  );
  process.kill(family?.sensor ?? 0, 'SIGSTOP');
  const stopped = socket.received().length;
  const silence = await until(stopped, (field) => AWAY.test(field));
  // Five seconds at two feedings a second: one was on its way, one comes with the restart.
  expect(silence.filter((field) => field === 'WATCHDOG=1').length).toBeLessThanOrEqual(2);
  const known = stopped + silence.length;
  await until(known, (field) => field === 'WATCHDOG=1');
  await until(known, (field) => SEEING.test(field));

  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
  expect(socket.received()).toContain('STOPPING=1');
  expect(socket.received().filter((field) => field === 'READY=1')).toHaveLength(1);
  expect(socket.received().filter((field) => field.startsWith('ERRNO='))).toEqual([]);
});
