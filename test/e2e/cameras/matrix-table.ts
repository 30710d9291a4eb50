// Prints what the matrix of cameras and faults found, a row for each cell.
import { textTable } from '../../support/text-table.ts';
import type { Cell, Figures } from './cell.ts';

const HEAD = ['camera', 'fault', 'alert', 'noticed s', 'recovered s', 'wrong counts', 'stray person-s', 'in vain s'];

export function matrixTable(results: ReadonlyMap<Cell, Figures | Error>): string {
  const rows = [...results].map(([{ camera, fault }, figures]) => [camera, fault, ...wordsOf(figures)]);
  return textTable(HEAD, rows);
}

function wordsOf(figures: Figures | Error): readonly string[] {
  if (figures instanceof Error) return ['NOT PLAYED', figures.message.slice(0, 80)];
  const { alert, noticedMs, recoveredMs, wrongCounts, strayPersonSeconds, countedInVainMs } = figures;
  return [
    alert,
    seconds(noticedMs),
    seconds(recoveredMs),
    `${wrongCounts}`,
    strayPersonSeconds.toFixed(1),
    seconds(countedInVainMs),
  ];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
