// Shows a trial of rules: a line for every turn of a trigger with its reason, a picture with a row for each, and the totals.
import { instantText } from '../contract/instant.ts';
import { dayOfWeek, wallTimeAt } from '../daemon/zoned-time.ts';
import { bar } from './bars.ts';
import { amountText, counted, durationText } from './figures.ts';
import type { Span, Timeline, TriggerRow } from './rules-timeline.ts';
import { left, painter, right } from './terminal-text.ts';

type TimelineViewOptions = Readonly<{ subject: string; timezone: string; columns: number; color: boolean }>;

const TIME_WIDTH = 12;
const WALL_WIDTH = 10;
const SECONDS_WIDTH = 12;
const TIMES_WIDTH = 9;
const LEAST_PICTURE_WIDTH = 10;

export function timelineText(timeline: Timeline, options: TimelineViewOptions): string {
  const paint = painter(options.color);
  const { turns, rows, startWallAt, lastsMs, frames } = timeline;
  const width = Math.max(7, ...rows.map(({ trigger }) => trigger.length)) + 2;
  const wall = (at: number) => wallText(at, options.timezone);
  const headings = `${right('since start', TIME_WIDTH)}${right('clock', WALL_WIDTH)}  ${left('trigger', width)}turns  why`;
  const lines = turns.map(({ elapsedMs, wallAt, trigger, on, reason }) => {
    const turn = on ? paint('green', 'on ') : paint('dim', 'off');
    return `${right(elapsedText(elapsedMs), TIME_WIDTH)}${right(wall(wallAt), WALL_WIDTH)}  ${left(trigger, width)}${turn}    ${reason}`;
  });
  const columns = Math.max(LEAST_PICTURE_WIDTH, options.columns - width - SECONDS_WIDTH - TIMES_WIDTH);
  const picture = rows.map((row) =>
    [
      left(row.trigger, width),
      paint('cyan', pictureOf(row, lastsMs, columns)),
      right(`${amountText(row.onMs / 1000, 1)} s`, SECONDS_WIDTH),
      right(`${amountText(row.spans.length, 0)} ×`, TIMES_WIDTH),
    ].join(''),
  );
  return [
    `${paint('bold', options.subject)}: ${durationText(lastsMs)} from ${dayText(startWallAt, options.timezone)} ${wall(startWallAt)} on, ${counted(frames, 'frame', 'frames')}`,
    '',
    paint('dim', headings),
    ...lines,
    '',
    ...picture,
    '',
    ...neverText(timeline, options.timezone),
    '',
  ].join('\n');
}

export function timelineJson(timeline: Timeline, { subject }: TimelineViewOptions): string {
  const { turns, rows, never, startWallAt, lastsMs, frames } = timeline;
  const seconds = (ms: number) => Math.round(ms) / 1000;
  const json = {
    subject,
    from: instantText(Math.round(startWallAt)),
    lastsSeconds: seconds(lastsMs),
    frames,
    turns: turns.map(({ elapsedMs, wallAt, ...turn }) => ({
      seconds: seconds(elapsedMs),
      at: instantText(Math.round(wallAt)),
      ...turn,
    })),
    triggers: rows.map(({ trigger, onMs, spans }) => ({ trigger, onSeconds: seconds(onMs), times: spans.length })),
    never: never.map(({ trigger }) => trigger),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function neverText({ never, startWallAt, lastsMs }: Timeline, timezone: string): readonly string[] {
  if (never.length === 0) return ['Every trigger came on.'];
  const names = never.map(({ trigger, otherTime }) =>
    otherTime === null ? trigger : `${trigger} (only ${otherTime})`,
  );
  const line = `Never came on: ${names.join(', ')}.`;
  if (never.every(({ otherTime }) => otherTime === null)) return [line];
  const minute = (at: number) => `${dayText(at, timezone)} ${wallText(at, timezone).slice(0, -3)}`;
  const shown = `${minute(startWallAt)} to ${minute(startWallAt + lastsMs)}`;
  return [line, `The clock showed ${shown}; --at begins a scenario at another time.`];
}

/** A column for each stretch of time, filled as far as the trigger was on in it. */
function pictureOf({ spans }: TriggerRow, lastsMs: number, columns: number): string {
  const columnMs = lastsMs / columns;
  return Array.from({ length: columns }, (_, column) => {
    const onMs = overlapMs(spans, { from: column * columnMs, to: (column + 1) * columnMs });
    return bar(onMs, columnMs, 1) || '·';
  }).join('');
}

function overlapMs(spans: readonly Span[], { from, to }: Span): number {
  return spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);
}

/** `0:03:07.4` */
function elapsedText(ms: number): string {
  const tenths = Math.round(ms / 100);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${padded(Math.floor(rest / 10))}.${rest % 10}`;
}

function dayText(at: number, timezone: string): string {
  return dayOfWeek(wallTimeAt(at, timezone));
}

/** `17:05:09` */
function wallText(at: number, timezone: string): string {
  const { hour, minute, second } = wallTimeAt(at, timezone);
  return [hour, minute, second].map(padded).join(':');
}

function padded(part: number): string {
  return String(part).padStart(2, '0');
}
