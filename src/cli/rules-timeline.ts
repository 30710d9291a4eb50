// Sums up a trial of rules: when each trigger was on, how often and for how long, and which never was.
import { MINUTE_MS } from '../audience/time-units.ts';
import type { Trial, Turn } from '../daemon/rules-trial.ts';
import { isTime } from '../targeting/judge.ts';
import type { LocalTime } from '../targeting/local-time.ts';
import { type Rule, type Targeting, triggerNames } from '../targeting/rules.ts';
import { describeCondition } from '../targeting/words.ts';

/** Milliseconds since the start. */
export type Span = Readonly<{ from: number; to: number }>;

export type TriggerRow = Readonly<{ trigger: string; onMs: number; spans: readonly Span[] }>;

/** `otherTime`: the times of the rule, where none of them came while it was tried. */
type NeverOn = Readonly<{ trigger: string; otherTime: string | null }>;

export type Timeline = Trial & Readonly<{ rows: readonly TriggerRow[]; never: readonly NeverOn[] }>;

export function timelineOf(
  trial: Trial,
  targeting: Pick<Targeting, 'rules' | 'defaultTrigger'>,
  localTime: (at: number) => LocalTime,
): Timeline {
  const rows = triggerNames(targeting).map((trigger): TriggerRow => {
    const spans = spansOf(
      trial.turns.filter((turn) => turn.trigger === trigger),
      trial.lastsMs,
    );
    return { trigger, spans, onMs: spans.reduce((sum, { from, to }) => sum + to - from, 0) };
  });
  const never = rows
    .filter(({ spans }) => spans.length === 0)
    .map(({ trigger }): NeverOn => {
      const rule = targeting.rules.find(({ name }) => name === trigger);
      return { trigger, otherTime: rule === undefined ? null : otherTimeOf(rule, trial, localTime) };
    });
  return { ...trial, rows, never };
}

function spansOf(turns: readonly Turn[], endMs: number): readonly Span[] {
  return turns.flatMap(({ on, elapsedMs }, index) =>
    on ? [{ from: elapsedMs, to: turns[index + 1]?.elapsedMs ?? endMs }] : [],
  );
}

function otherTimeOf(
  { when }: Rule,
  { startWallAt, lastsMs }: Trial,
  localTime: (at: number) => LocalTime,
): string | null {
  const conditions = when.flatMap((one) => (one.kind === 'between' || one.kind === 'days' ? [one] : []));
  if (conditions.length === 0) return null;
  for (let at = startWallAt; at < startWallAt + lastsMs + MINUTE_MS; at += MINUTE_MS) {
    const time = localTime(Math.min(at, startWallAt + lastsMs));
    if (conditions.every((condition) => isTime(condition, time))) return null;
  }
  return conditions.map(describeCondition).join(', ');
}
