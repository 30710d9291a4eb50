// Plays one fault of one camera on a real daemon and measures what it does: its words, how soon, and what it counted.
import { eventually } from '../../support/eventually.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { type Home, newHome } from '../home.ts';
import { type Messages, subscribeTo } from '../messages.ts';

/** A camera of its own for one cell. */
export type Stage = Readonly<{
  /** The section of the configuration. */
  source: Readonly<Record<string, unknown>>;
  path: string;
  /** How many it shows while it is well. */
  people: number;
  fail(): void | Promise<void>;
  heal(): void | Promise<void>;
}>;

export type Cell = Readonly<{
  camera: string;
  fault: string;
  stage: () => Stage | Promise<Stage>;
  /** Whether it fails from the start, or after it was seen well. */
  fromStart: boolean;
  /** How long the picture is believed, as bus and cloud pass: what is counted then is off by as much. */
  believedMs?: number;
  /** How long it has to be seen well before, so that what it usually shows is known. */
  wellForMs?: number;
  /** The alerts that are right for it. */
  alerts: readonly string[];
  /** Within so long it has to be told. */
  thresholdMs: number;
}>;

export type Figures = Readonly<{
  cell: Cell;
  alert: string;
  noticedMs: number;
  /** From the end of the fault until it is seen well again. */
  recoveredMs: number;
  /** Messages that told a number while the fault was known. */
  wrongCounts: number;
  /** How far the person-seconds are from those of the time that was measured. */
  strayPersonSeconds: number;
  /** How much more was counted than the time in which the camera was known to be well. */
  countedInVainMs: number;
}>;

const PATIENCE_MS = 90_000;

export async function play(cell: Cell): Promise<Figures> {
  const stage = await cell.stage();
  if (cell.fromStart) await stage.fail();
  const home = await newHome({ source: { ...stage.source }, models: { pack: 'count-only' } });
  const daemon = startProgram(['run', '--config', home.config], { ...home.env, PATH: stage.path });
  try {
    return await playOn(cell, stage, home, daemon);
  } finally {
    // Of a cell that failed nothing is to disturb the others.
    daemon.kill('SIGKILL');
  }
}

async function playOn(cell: Cell, stage: Stage, home: Home, daemon: Program): Promise<Figures> {
  const { fromStart, alerts } = cell;
  const messages = await subscribeTo(home.port);
  const wellMs = fromStart ? 0 : await seenWell(messages, stage.people, cell.wellForMs ?? 0);
  const failedAt = performance.now();
  if (!fromStart) await stage.fail();
  const { alert } = await messages.see('alert', (one) => one.on && alerts.includes(one.alert), PATIENCE_MS);
  const noticedMs = performance.now() - failedAt;
  const before = messages.all('now').length;
  await messages.see('now', ({ health }) => health !== 'ok', PATIENCE_MS);
  await stage.heal();
  const healedAt = performance.now();
  await messages.see('now', ({ health, present }) => health === 'ok' && present !== null, PATIENCE_MS);
  const wellAgainAt = performance.now();
  await messages.see('alert', (one) => !one.on && one.alert === alert, PATIENCE_MS);
  daemon.kill('SIGTERM');
  const wellAgainMs = performance.now() - wellAgainAt;
  await daemon.ended;
  const told = messages.all('now').slice(before);
  const { uptimeMs, personMs } = counted(home);
  return {
    ...{ cell, alert, noticedMs },
    recoveredMs: wellAgainAt - healedAt,
    wrongCounts: told.filter(({ health, present }) => health !== 'ok' && present !== null).length,
    strayPersonSeconds: (personMs - stage.people * uptimeMs) / 1000,
    countedInVainMs: uptimeMs - wellMs - wellAgainMs,
  };
}

/** Waits until everybody is seen; returns for how long the camera has been well. */
async function seenWell(messages: Messages, people: number, wellForMs: number): Promise<number> {
  await messages.see('now', ({ health, present }) => health === 'ok' && present !== null, PATIENCE_MS);
  const wellFrom = performance.now();
  await messages.see('now', ({ health, present }) => health === 'ok' && present === people, PATIENCE_MS);
  const wellMs = () => performance.now() - wellFrom;
  await eventually(wellMs, (passed) => passed >= wellForMs, PATIENCE_MS);
  return wellMs();
}

function counted(home: Home): { uptimeMs: number; personMs: number } {
  const parts = home.parts();
  return {
    uptimeMs: parts.reduce((sum, part) => sum + part.uptimeMs, 0),
    personMs: parts.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cell.personMs, 0),
  };
}
