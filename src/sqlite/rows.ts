// Maps parts and rollups to the rows of their tables and back.
import type { Cell, PeriodName, PeriodPart, Rollup } from '../audience/rollup.ts';

type Flag = 0 | 1;

export type PartRow = Readonly<{
  period: PeriodName;
  from_at: number;
  to_at: number;
  session: string;
  closed: Flag;
  partial: Flag;
  uptime_ms: number;
  present: number;
  split_by_restart: number;
  cells: string;
}>;

export type RollupRow = Readonly<{
  period: PeriodName;
  from_at: number;
  to_at: number;
  offset_ms: number;
  revision: number;
  partial: Flag;
  uptime_ms: number;
}> &
  (AudienceColumns | { readonly [Column in keyof AudienceColumns]: null });

type AudienceColumns = Readonly<{
  person_ms: number;
  attention_ms: number;
  entered: number;
  watchers: number;
  present: number;
  split_by_restart: number;
  cells: string;
}>;

export function partRow(part: PeriodPart, closed: boolean): PartRow {
  return {
    period: part.period,
    from_at: part.from,
    to_at: part.to,
    session: part.session,
    closed: closed ? 1 : 0,
    partial: part.partial ? 1 : 0,
    uptime_ms: part.uptimeMs,
    present: part.present,
    split_by_restart: part.splitByRestart,
    cells: JSON.stringify(part.cells),
  };
}

export function partOf(row: PartRow): PeriodPart {
  return {
    period: row.period,
    from: row.from_at,
    to: row.to_at,
    session: row.session,
    uptimeMs: row.uptime_ms,
    partial: row.partial === 1,
    present: row.present,
    splitByRestart: row.split_by_restart,
    cells: cellsOf(row.cells),
  };
}

export function rollupRow({ audience, ...rollup }: Rollup): RollupRow {
  return {
    period: rollup.period,
    from_at: rollup.from,
    to_at: rollup.to,
    offset_ms: rollup.offsetMs,
    revision: rollup.revision,
    partial: rollup.partial ? 1 : 0,
    uptime_ms: rollup.uptimeMs,
    ...(audience === null
      ? unknownAudience
      : {
          person_ms: audience.personMs,
          attention_ms: audience.attentionMs,
          entered: audience.entered,
          watchers: audience.watchers,
          present: audience.present,
          split_by_restart: audience.splitByRestart,
          cells: JSON.stringify(audience.cells),
        }),
  };
}

export function rollupOf(row: RollupRow): Rollup {
  return {
    period: row.period,
    from: row.from_at,
    to: row.to_at,
    offsetMs: row.offset_ms,
    revision: row.revision,
    partial: row.partial === 1,
    uptimeMs: row.uptime_ms,
    audience:
      row.cells === null
        ? null
        : {
            personMs: row.person_ms,
            attentionMs: row.attention_ms,
            entered: row.entered,
            watchers: row.watchers,
            present: row.present,
            splitByRestart: row.split_by_restart,
            cells: cellsOf(row.cells),
          },
  };
}

const unknownAudience = {
  person_ms: null,
  attention_ms: null,
  entered: null,
  watchers: null,
  present: null,
  split_by_restart: null,
  cells: null,
} as const;

/** Only this file writes the column, so its content is trusted. */
function cellsOf(text: string): readonly Cell[] {
  return JSON.parse(text);
}
