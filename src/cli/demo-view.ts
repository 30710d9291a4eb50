// Draws the live view of the demo: who is here now, what is known of them, and how the pipeline is doing.
import type { AudienceNow, HealthWord } from '../audience/audience-now.ts';
import type { AudienceEvent, Viewer } from '../audience/viewer.ts';
import type { Screen } from '../contract/topics.ts';
import { bar } from './bars.ts';
import { counted, durationText, percentText } from './figures.ts';
import { cut, left, type Paint, painter, right, type Style, visibleLength } from './terminal-text.ts';

export type DemoSnapshot = Readonly<{
  screen: Screen;
  /** Human name of the source, without credentials. */
  source: string;
  runningMs: number;
  /** Until the demo stops by itself; null when it goes on. */
  remainingMs: number | null;
  health: HealthWord;
  /** What is wrong, in words. */
  detail: string | null;
  framesPerSecond: number | null;
  /** Null when nothing is known. */
  audience: AudienceNow | null;
  viewers: readonly Viewer[];
  viewersSoFar: number;
  /** Newest instant of the clock that viewers and events are stamped with. */
  at: number;
  /** Oldest first. */
  events: readonly AudienceEvent[];
  broker: BrokerSnapshot;
  /** What to try, one a line. */
  hints: readonly string[];
}>;

type BrokerSnapshot = Readonly<{
  address: string;
  state: 'connected' | 'connecting' | 'refused';
  queued: number;
  messages: number;
}>;

type DemoViewOptions = Readonly<{ columns: number; rows: number; color: boolean }>;

const HEALTH_STYLE: Readonly<Record<HealthWord, Style>> = {
  starting: 'yellow',
  ok: 'green',
  dark: 'yellow',
  covered: 'yellow',
  blurred: 'yellow',
  frozen: 'red',
  garbled: 'red',
  'too-fast': 'red',
  reconnecting: 'red',
  closed: 'dim',
  ended: 'dim',
};
const BROKER_STYLE = { connected: 'green', connecting: 'yellow', refused: 'red' } as const;
const LEAST_VIEWER_ROWS = 3;
const LEAST_EVENT_ROWS = 2;
const GENDERS = ['female', 'male', 'unknown'] as const;

/** At most `rows` - 1 lines, so that the cursor keeps the last one; the same number for the same size and age groups. */
export function demoView(snapshot: DemoSnapshot, { columns, rows, color }: DemoViewOptions): string {
  const paint = painter(color);
  const header = headerBlock(snapshot, columns, paint);
  const classes = classBlock(snapshot, columns, paint);
  const footer = [brokerLine(snapshot.broker, paint), ...snapshot.hints.map((hint) => `  ${paint('dim', hint)}`)];
  const spare = rows - 1 - (header.length + classes.length + footer.length + HEADING_LINES);
  const viewerRows = Math.max(LEAST_VIEWER_ROWS, Math.ceil(spare * 0.6));
  const eventRows = Math.max(LEAST_EVENT_ROWS, spare - viewerRows);
  return [
    ...header,
    ...viewerBlock(snapshot, viewerRows, columns, paint),
    '',
    ...classes,
    '',
    ...eventBlock(snapshot, eventRows, paint),
    ...footer,
  ]
    .slice(0, Math.max(1, rows - 1))
    .map((line) => cut(line, columns))
    .join('\n');
}

/** The headings of viewers and events and the two empty lines around the classes. */
const HEADING_LINES = 4;

function headerBlock(snapshot: DemoSnapshot, columns: number, paint: Paint): readonly string[] {
  const { screen, source, health, detail, framesPerSecond, runningMs, remainingMs } = snapshot;
  const state = [
    paint(HEALTH_STYLE[health], `● ${health}`),
    framesPerSecond === null ? '– fps' : `${framesPerSecond.toFixed(1)} fps`,
    remainingMs === null ? durationText(runningMs) : `${durationText(remainingMs)} left`,
  ].join('   ');
  const title = `${paint('bold', 'Onlooker')}  ${screen.site}/${screen.screen}  ${paint('dim', source)}`;
  const stateWidth = visibleLength(state);
  return [
    `${left(title, Math.max(0, columns - stateWidth - 1))} ${state}`,
    detail === null ? '' : paint('yellow', detail),
  ];
}

function viewerBlock(snapshot: DemoSnapshot, rows: number, columns: number, paint: Paint): readonly string[] {
  const { audience, viewers, viewersSoFar } = snapshot;
  const summary =
    audience === null
      ? 'unknown'
      : `${audience.present} present, ${audience.attending} attending, ${counted(audience.watchers, 'watcher', 'watchers')}`;
  const heading = `${paint('bold', 'HERE NOW')}  ${summary}${paint('dim', `, ${viewersSoFar} so far`)}`;
  const isCut = viewers.length > rows;
  const shown = isCut ? viewers.slice(0, rows - 1) : viewers;
  const lines = shown.map((viewer) => viewerLine(viewer, columns, paint));
  const more = isCut ? [paint('dim', `  and ${viewers.length - shown.length} more`)] : [];
  const nobody = viewers.length === 0 ? [paint('dim', audience === null ? '  nothing is known yet' : '  nobody')] : [];
  return filled([heading, ...lines, ...more, ...nobody], rows + 1);
}

const VIEWER_COLUMNS = { id: 7, dwell: 12, attention: 18, age: 18, gender: 12 };

function viewerLine(viewer: Viewer, columns: number, paint: Paint): string {
  const { id, dwell, attention, age, gender } = VIEWER_COLUMNS;
  const barWidth = Math.max(4, columns - (2 + id + dwell + attention + age + gender));
  const attentionRatio = viewer.dwellMs > 0 ? viewer.attentionMs / viewer.dwellMs : 0;
  return [
    `  ${left(numberOf(viewer), id)}`,
    left(durationText(viewer.dwellMs), dwell),
    paint('cyan', left(bar(viewer.attentionMs, viewer.dwellMs, barWidth), barWidth)),
    left(`${right(percentText(attentionRatio), 6)} attention`, attention),
    left(sureness(viewer.age?.group, viewer.age?.probability, paint), age),
    sureness(viewer.gender?.gender, viewer.gender?.probability, paint),
  ].join('');
}

/** Ids end in the number of the viewer in the session, which is the same for all. */
function numberOf({ id }: Viewer): string {
  return `#${id.slice(id.lastIndexOf('-') + 1)}`;
}

function sureness(name: string | undefined, probability: number | undefined, paint: Paint): string {
  if (name === undefined || probability === undefined) return paint('dim', '–');
  return `${name} ${paint('dim', percentText(probability))}`;
}

function classBlock({ audience }: DemoSnapshot, columns: number, paint: Paint): readonly string[] {
  const half = Math.floor((columns - 3) / 2);
  const present = audience?.present ?? 0;
  const lines = (title: string, entries: readonly (readonly [string, number | null])[], style: Style) => [
    paint('bold', title),
    ...entries.map(([name, mass]) => classLine(name, mass, present, half, style, paint)),
  ];
  const ages = lines('AGE GROUPS', Object.entries(audience?.ageGroups ?? {}), 'magenta');
  const genders = lines(
    'GENDER',
    GENDERS.map((gender) => [gender, audience?.gender[gender] ?? null]),
    'blue',
  );
  const attention = [
    paint('bold', 'ATTENTION'),
    classLine('attending', audience?.attending ?? null, present, half, 'cyan', paint),
  ];
  const rightSide = [...genders, ...attention];
  const height = Math.max(ages.length, rightSide.length);
  return Array.from({ length: height }, (_, index) => `${left(ages[index] ?? '', half)}   ${rightSide[index] ?? ''}`);
}

function classLine(
  name: string,
  mass: number | null,
  present: number,
  columns: number,
  style: Style,
  paint: Paint,
): string {
  const barWidth = Math.max(4, columns - 2 - 12 - 6);
  return `  ${left(name, 12)}${paint(style, left(bar(mass ?? 0, present, barWidth), barWidth))}${right(mass?.toFixed(1) ?? '–', 6)}`;
}

function eventBlock({ events, at }: DemoSnapshot, rows: number, paint: Paint): readonly string[] {
  const newestFirst = [...events].reverse().slice(0, rows);
  const lines = newestFirst.map((event) => {
    const ago = right(`${durationText(Math.max(0, at - event.at))} ago`, 14);
    return `  ${paint('dim', ago)}  ${numberOf(event.viewer)} ${eventText(event)}`;
  });
  return filled([paint('bold', 'LAST EVENTS'), ...lines], rows + 1);
}

function eventText(event: AudienceEvent): string {
  const { age, gender, dwellMs, attentionMs } = event.viewer;
  const described = [age?.group, gender?.gender].filter((word) => word !== undefined).join(', ');
  switch (event.kind) {
    case 'entered':
      return 'entered';
    case 'described':
      return `is ${described || 'not clear any more'}`;
    case 'left':
      return `left after ${durationText(dwellMs)}, attentive for ${durationText(attentionMs)}${described && ` (${described})`}`;
  }
}

function brokerLine({ address, state, queued, messages }: BrokerSnapshot, paint: Paint): string {
  const figures = `${queued} queued, ${counted(messages, 'message', 'messages')}`;
  return `${paint('bold', 'BROKER')}  ${paint(BROKER_STYLE[state], state)}, ${figures}  ${address}`;
}

function filled(lines: readonly string[], length: number): readonly string[] {
  return Array.from({ length }, (_, index) => lines[index] ?? '');
}
