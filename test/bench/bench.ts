// npm run bench [-- --quick | --long] [--json]: measures what the README quotes; asserts nothing.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCore } from './core.bench.ts';
import { measureDecisions } from './decision.bench.ts';
import type { Figures } from './figures.ts';
import { measureFrames } from './frame.bench.ts';
import { GATE_FILMS, measureGate } from './gate.bench.ts';
import { measureMemory } from './memory.bench.ts';
import { report } from './report.ts';
import { measureSpeed } from './speed.bench.ts';

const { quick, long, json } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
}).values;

/** One round of the demo scene is 720 frames. */
const frames = quick ? { warmUp: 120, measured: 240 } : { warmUp: 360, measured: 720 };
/** A visit takes 20 seconds. */
const filmSeconds = quick ? 20 : long ? 60 : 40;
const load = () => loadavg()[0] ?? 0;

const loadBefore = load();
const core = measureCore();
const decisions = await measureDecisions(quick ? 4 : 15);
const frame = await measureFrames(frames);
// The long run shows growth; at the rate of a camera it would take 17 minutes.
const memory = long ? await measureMemory(10_000, 30) : await measureMemory(quick ? 100 : 400, 10);
const speed = await measureSpeed(filmSeconds);
const gate = await measureGate(quick ? GATE_FILMS.slice(-1) : GATE_FILMS);
const figures: Figures = {
  machine: { node: process.versions.node, cores: availableParallelism(), loadBefore, loadAfter: load() },
  ...{ core, decisions, frame, memory, speed, gate },
};
console.log(json ? JSON.stringify(figures, null, 2) : report(figures));
process.exit();
