// A daemon that is killed leaves no process behind and loses nothing that it had stored.
import { expect, it } from 'vitest';
import { sumParts } from '../../src/audience/rollup.ts';
import { eventually } from '../support/eventually.ts';
import { descendantsOf, type Family, familyOf, isAlive, isInNativeCode, isStopped } from '../support/processes.ts';
import { type Program, startProgram } from '../support/program.ts';
import { measuredSeconds, newHome } from './home.ts';
import { subscribeTo } from './messages.ts';

const GONE_WITHIN_MS = 2000;
/** Forward passes of this width keep the sensor in native code nearly all the time. */
const BUSY = { detector: { farWidth: 960 }, source: { framesPerSecond: 30 } };

it.each([
  ['', {}, []],
  [', also a stopped sensor', {}, ['sensor']],
  [', also a stopped capture program', {}, ['capture']],
  [', also a sensor that is busy in native code', BUSY, []],
  [', also a busy sensor and a capture program that are stopped', BUSY, ['sensor', 'capture']],
] as const)('no process outlives a SIGKILL of the daemon%s', { timeout: 90_000 }, async (_words, sections, stopped) => {
  const home = await newHome(sections);
  const run = startProgram(['run', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  await messages.see('now', ({ health }) => health === 'ok');
  const family = await bothOf(run);
  if (sections === BUSY) {
    await eventually(
      () => isInNativeCode(family.sensor),
      (is) => is,
    );
  }
  for (const name of stopped) process.kill(family[name], 'SIGSTOP');
  await eventually(
    () => stopped.every((name) => isStopped(family[name])),
    (all) => all,
  );
  const all = descendantsOf(run.pid);
  expect(all).toEqual(expect.arrayContaining([family.sensor, family.capture]));
  run.kill('SIGKILL');
  expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
  await eventually(
    () => all.filter(isAlive),
    (alive) => alive.length === 0,
    GONE_WITHIN_MS,
  );
});

it('a SIGKILL in mid-period costs nothing that was stored: the next start sums the parts', {
  timeout: 120_000,
}, async () => {
  const home = await newHome();
  const first = startProgram(['run', '--config', home.config], home.env);
  await first.logged('started');
  await eventually(
    () => measuredSeconds(home),
    (seconds) => seconds > 2,
    40_000,
  );
  first.kill('SIGKILL');
  await first.ended;
  const before = home.stored();

  const second = startProgram(['run', '--config', home.config], home.env);
  await second.logged('recovered what the last run left open');
  const messages = await subscribeTo(home.port);
  await eventually(
    () => measuredSeconds(home),
    (seconds) => seconds > 1,
    40_000,
  );
  second.kill('SIGTERM');
  expect(await second.ended).toMatchObject({ code: 0 });

  const after = home.stored();
  const parts = home.parts();
  expect(after.open).toEqual([]);
  expect(after.rollups).toEqual(expect.arrayContaining([...before.rollups]));
  expect(parts).toEqual(expect.arrayContaining(before.open.map((part) => ({ ...part, partial: true }))));
  for (const rollup of after.rollups) {
    const [one, ...more] = parts.filter(({ from }) => from === rollup.from);
    if (one === undefined) throw new Error('a rollup of nothing');
    // The first part makes revision 0, the one of the next run another.
    expect(rollup).toEqual(sumParts([one, ...more], more.length));
  }
  const last = after.rollups.at(-1);
  const told = await messages.see(
    'rollup',
    ({ data }) => Date.parse(data.from) === last?.from && data.revision === last.revision,
  );
  expect(told.data.personSeconds).toBeCloseTo((last?.audience?.personMs ?? 0) / 1000, 2);
});

function bothOf(run: Program): Promise<Family> {
  return eventually(
    () => familyOf(run.pid) ?? NOBODY,
    ({ capture }) => capture > 0,
  );
}

const NOBODY: Family = { sensor: 0, capture: 0 };
