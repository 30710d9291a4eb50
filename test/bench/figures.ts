// Everything that the bench measures.
import type { CoreFigures } from './core.bench.ts';
import type { DecisionFigures } from './decision.bench.ts';
import type { FrameFigures } from './frame.bench.ts';
import type { GateFigures } from './gate.bench.ts';
import type { MemoryFigures } from './memory.bench.ts';
import type { SpeedFigures } from './speed.bench.ts';

export type Figures = Readonly<{
  machine: Readonly<{ node: string; cores: number; loadBefore: number; loadAfter: number }>;
  core: CoreFigures;
  decisions: DecisionFigures;
  frame: FrameFigures;
  memory: MemoryFigures;
  speed: SpeedFigures;
  gate: GateFigures;
}>;
