// Prints the figures of the bench for a person, the budgets beside them.
import { describeCore } from './core.bench.ts';
import { describeDecisions } from './decision.bench.ts';
import type { Figures } from './figures.ts';
import type { FrameFigures } from './frame.bench.ts';
import { describeGate } from './gate.bench.ts';
import type { Growth, MemoryFigures } from './memory.bench.ts';
import { describeSpeed } from './speed.bench.ts';

/** In the order of their work. */
const SENSOR_STEPS = ['read', 'gate', 'I420 to BGR', 'resize', 'blob', 'decode', 'track', 'send'];
const DAEMON_STEPS = ['receive and broker', 'observe', 'publish', 'store'];

export function report({ machine, core, decisions, frame, memory, speed, gate }: Figures): string {
  const { node, cores, loadBefore, loadAfter } = machine;
  return [
    `Node ${node}, ${cores} cores, load ${loadBefore.toFixed(1)} at the start and ${loadAfter.toFixed(1)} at the end`,
    describeCore(core),
    '',
    describeDecisions(decisions),
    ...ownTime(frame),
    ...stages(frame),
    ...looks(frame),
    ...memoryTable(memory),
    '',
    describeSpeed(speed),
    '',
    describeGate(gate),
  ].join('\n');
}

function ownTime(figures: FrameFigures): readonly string[] {
  const { frames, sensorMs, daemonMs, ownMs, referenceMs, ownRatio, forwardMs, passes } = figures;
  return [
    '',
    `own processor time per 640×480 frame, over ${frames} frames of the demo scene`,
    '  method: real sensor and daemon at full pace; the processor time of all threads is read before and after',
    '  each step, so that forward passes and the reference pass (every 8th frame) are told apart',
    ...SENSOR_STEPS.map((step) => row(`sensor: ${step}`, `${(sensorMs[step] ?? 0).toFixed(2)} ms`)),
    ...DAEMON_STEPS.map((step) => row(`daemon: ${step}`, `${(daemonMs[step] ?? 0).toFixed(2)} ms`)),
    row('total', `${ownMs.toFixed(2)} ms`),
    row('one forward pass of the detector at 320×192', `${referenceMs.toFixed(2)} ms`),
    row('ratio', `${ownRatio.toFixed(2)}  (budget: 0.50)`),
    row('apart: forward passes', `${forwardMs.toFixed(2)} ms`),
    ...Object.entries(passes).map(([input, each]) => row(`  at ${input}`, `${each.toFixed(2)} per frame`)),
  ];
}

function stages({ stageMs }: FrameFigures): readonly string[] {
  const rowsOf = Object.entries(stageMs).map(([stage, ms]) => row(stage, `${ms.toFixed(2)} ms`));
  return ['', 'time per frame by stage, by the clock on the wall, forward passes included', ...rowsOf];
}

function looks({ viewers, looksPerViewer, zoomChecksPerViewer }: FrameFigures): readonly string[] {
  return [
    '',
    `looks at the ${viewers} viewers of the demo scene`,
    row('looks per viewer', `${looksPerViewer.toFixed(1)}  (budget: 8)`),
    row('zoom checks per viewer', zoomChecksPerViewer.toFixed(1)),
  ];
}

function memoryTable({ frames, processes, totalMegabytes, growth }: MemoryFigures): readonly string[] {
  return [
    '',
    `memory of onlooker run after ${frames} frames of the demo scene (proportional set size)`,
    ...processes.map(({ name, megabytes }) => row(name, `${megabytes.toFixed(1)} MB`)),
    row('total', `${totalMegabytes.toFixed(1)} MB  (budget: 400)`),
    ...(growth === null ? [row('growth', 'too few frames: --long')] : growthTable(growth)),
  ];
}

function growthTable(growth: readonly Growth[]): readonly string[] {
  const total = (amount: 'megabytes' | 'anonymousMegabytes') => growth.reduce((sum, one) => sum + one[amount], 0);
  const all = { name: 'total', megabytes: total('megabytes'), anonymousMegabytes: total('anonymousMegabytes') };
  return [
    'growth over the second half, MB per 1,000 frames (budget: 0.5 in total)',
    '  proportional set size, which swings as other programs share the same files; without files in brackets',
    ...[...growth, all].map(({ name, megabytes, anonymousMegabytes }) =>
      row(name, `${megabytes.toFixed(2)}  (${anonymousMegabytes.toFixed(2)})`),
    ),
  ];
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(44)} ${value}`;
}
