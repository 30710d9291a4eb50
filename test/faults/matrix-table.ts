// Prints what the kill matrix found, a row for each cell.
import { textTable } from '../support/text-table.ts';
import type { Cell, Figures } from './cell.ts';
import { TTL_MS } from './stage.ts';
import { complaints } from './verdict.ts';

/** The fault, where it is played, what came of it, and the verdict. */
const HEAD = [
  'fault',
  'broker',
  'protocol',
  'default after s',
  'player s',
  'ttl s',
  'believed too long ms',
  'availability right after s',
  'known again after s',
  'events',
  'oldest event ms',
  'rollups',
  'sent again',
  'verdict',
];

export function matrixTable(results: ReadonlyMap<Cell, Figures | Error>): string {
  return textTable(
    HEAD,
    [...results].map(([cell, figures]) => [
      cell.fault.name,
      cell.broker,
      cell.protocolVersion === 5 ? '5' : '3.1.1',
      ...(figures instanceof Error ? notPlayed(figures) : wordsOf(cell, figures)),
    ]),
  );
}

function wordsOf(cell: Cell, figures: Figures): readonly string[] {
  const { defaultMs, playerDefaultMs, overMs, availabilityMs, knownMs, events, latestMs, rollups } = figures;
  return [
    seconds(defaultMs),
    seconds(playerDefaultMs),
    seconds(TTL_MS),
    `${Math.round(overMs)}`,
    seconds(availabilityMs),
    seconds(knownMs),
    `${events}`,
    `${latestMs}`,
    rollups === null ? '-' : `${rollups.stored - rollups.missing.length} of ${rollups.stored}`,
    rollups === null ? '-' : `${rollups.repeated}`,
    complaints(cell, figures).join(', ') || 'kept',
  ];
}

function notPlayed({ message }: Error): readonly string[] {
  return [...Array.from({ length: HEAD.length - 4 }, () => ''), `NOT PLAYED: ${message.slice(0, 80)}`];
}

function seconds(ms: number | null): string {
  return ms === null ? '-' : (ms / 1000).toFixed(1);
}
