// Sums up a trial of rules: when each trigger was on, how often and for how long, and which never was.
import type { Trial, Turn } from '../daemon/rules-trial.ts';

/** Milliseconds since the start. */
export type Span = Readonly<{ from: number; to: number }>;

export type TriggerRow = Readonly<{ trigger: string; onMs: number; spans: readonly Span[] }>;

export type Timeline = Trial & Readonly<{ rows: readonly TriggerRow[]; never: readonly string[] }>;

/** `names` are those of all triggers, in their order. */
export function timelineOf(trial: Trial, names: readonly string[]): Timeline {
  const rows = names.map((trigger): TriggerRow => {
    const spans = spansOf(
      trial.turns.filter((turn) => turn.trigger === trigger),
      trial.lastsMs,
    );
    return { trigger, spans, onMs: spans.reduce((sum, { from, to }) => sum + to - from, 0) };
  });
  return { ...trial, rows, never: rows.filter(({ spans }) => spans.length === 0).map(({ trigger }) => trigger) };
}

function spansOf(turns: readonly Turn[], endMs: number): readonly Span[] {
  return turns.flatMap(({ on, elapsedMs }, index) =>
    on ? [{ from: elapsedMs, to: turns[index + 1]?.elapsedMs ?? endMs }] : [],
  );
}
