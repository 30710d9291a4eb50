// Shows the summary at the end of the demo to a person.
import { bar } from './bars.ts';
import { type DemoSummary, shortfalls } from './demo-summary.ts';
import { amountText, counted, durationText, percentText } from './figures.ts';
import { cut, left, type Paint, painter, right } from './terminal-text.ts';

type SummaryViewOptions = Readonly<{ columns: number; color: boolean }>;

const NAME_WIDTH = 20;
const VALUE_WIDTH = 12;
const MOST_BAR_WIDTH = 40;

export function summaryView(summary: DemoSummary, { columns, color }: SummaryViewOptions): string {
  const paint = painter(color);
  const barWidth = Math.max(4, Math.min(MOST_BAR_WIDTH, columns - NAME_WIDTH - VALUE_WIDTH - 4));
  const stages = Object.entries(summary.msPerFrame);
  const whole = stages.reduce((sum, [, ms]) => sum + ms, 0);
  const megabytes = summary.memory.reduce((sum, process) => sum + (process.megabytes ?? 0), 0);
  const lines = [
    `${paint('bold', 'Summary')}  ${summary.source}, ${durationText(summary.runningMs)}`,
    '',
    ...counts(summary, paint),
    '',
    paint('bold', 'Time per frame by stage'),
    ...stages.map(([stage, ms]) => measure(stage, `${ms.toFixed(2)} ms`, ms, whole, barWidth, paint)),
    measure('all stages', `${whole.toFixed(2)} ms`, 0, whole, barWidth, paint),
    '',
    paint('bold', 'Memory by process'),
    ...summary.memory.map(({ process, megabytes: own }) =>
      measure(process, own === null ? 'unknown' : `${own.toFixed(1)} MB`, own ?? 0, megabytes, barWidth, paint),
    ),
    measure('all processes', `${megabytes.toFixed(1)} MB`, 0, megabytes, barWidth, paint),
    '',
    `State  ${summary.stateFolder}, which stays until you remove it`,
    ...verdict(summary, paint),
  ];
  return `${lines.map((line) => cut(line, columns)).join('\n')}\n`;
}

function counts(summary: DemoSummary, paint: Paint): readonly string[] {
  const { frames, framesPerSecond, viewers, looks, zoomChecks, personSeconds, attentionSeconds } = summary;
  const attention = personSeconds > 0 ? attentionSeconds / personSeconds : null;
  const each = viewers > 0 ? ` (${(looks / viewers).toFixed(1)} per viewer)` : '';
  const line = (name: string, value: string, remark = '') =>
    `  ${left(name, NAME_WIDTH)}${paint('bold', right(value, VALUE_WIDTH))}  ${paint('dim', remark)}`.trimEnd();
  return [
    line('frames', amountText(frames, 0), framesPerSecond === null ? '' : `${framesPerSecond.toFixed(1)} per second`),
    line(
      'viewers',
      amountText(viewers, 0),
      `${counted(looks, 'look', 'looks')}${each}, ${counted(zoomChecks, 'zoom check', 'zoom checks')}`,
    ),
    line('person-seconds', amountText(personSeconds, 1)),
    line('attention-seconds', amountText(attentionSeconds, 1), `attention ratio ${percentText(attention)}`),
    line('rollups stored', amountText(summary.rollupsStored, 0)),
    line('messages received', amountText(summary.messagesReceived, 0), 'by a subscriber of the demo'),
  ];
}

function measure(name: string, value: string, part: number, whole: number, barWidth: number, paint: Paint): string {
  return `  ${left(name, NAME_WIDTH)}${right(value, VALUE_WIDTH)}  ${paint('cyan', bar(part, whole, barWidth))}`.trimEnd();
}

function verdict(summary: DemoSummary, paint: Paint): readonly string[] {
  const missing = shortfalls(summary);
  if (missing.length === 0) return [paint('green', 'Everything that the demo shows has happened.')];
  return [paint('red', 'Not everything happened:'), ...missing.map((words) => `  ${words}`)];
}
