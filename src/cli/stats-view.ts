// Shows the answer of `onlooker stats` as a table with bars.
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../audience/time-units.ts';
import { instantText } from '../contract/instant.ts';
import { offsetMs } from '../daemon/zoned-time.ts';
import { bar } from './bars.ts';
import { amountText, counted, durationText, percentText } from './figures.ts';
import type { Amounts, Share, Stats, StatsStep, Step } from './stats-summary.ts';
import { left, type Paint, painter, right, visibleLength } from './terminal-text.ts';

type StatsViewOptions = Readonly<{ place: string; columns: number; color: boolean }>;

const SECONDS_WIDTH = 14;
const ATTENTION_WIDTH = 11;
const ENTERED_WIDTH = 9;
const LEAST_BAR_WIDTH = 8;

export function statsTable(stats: Stats, options: StatsViewOptions): string {
  const paint = painter(options.color);
  const header = [paint('bold', `Audience of ${options.place}`), rangeLine(stats)];
  const blocks =
    stats.periods === 0
      ? [header, ['No data: nothing is stored about this time.']]
      : [
          header,
          totals(stats, paint),
          overTime(stats, options, paint),
          ...byClass(stats, options, paint),
          notes(stats),
        ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function rangeLine({ from, to, until, timezone }: Stats): string {
  const day = zoned(timezone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const time = zoned(timezone, { hour: '2-digit', minute: '2-digit' });
  const end = day(to) === day(from) ? time(to) : `${day(to)} ${time(to)}`;
  return `${day(from)} ${time(from)} – ${end}, ${timezone}${until === to ? '' : ` (so far, until ${time(until)})`}`;
}

function totals(stats: Stats, paint: Paint): readonly string[] {
  const { amounts, uptimeSeconds, coverageRatio, attentionRatio, averageAudience } = stats;
  const figure = (value: number | undefined, decimals: number) =>
    value === undefined ? 'no data' : amountText(value, decimals);
  const rows = [
    ['viewers entered', figure(amounts?.entered, 0), 'person-seconds', figure(amounts?.personSeconds, 1)],
    ['watchers', figure(amounts?.watchers, 0), 'attention-seconds', figure(amounts?.attentionSeconds, 1)],
    ['average audience', averageAudience?.toFixed(2) ?? '–', 'attention ratio', percentText(attentionRatio)],
    ['observed', durationText(uptimeSeconds * 1000), 'coverage', percentText(coverageRatio)],
  ];
  return rows.map(
    ([name = '', value = '', otherName = '', other = '']) =>
      `  ${left(name, 17)}${paint('bold', right(value, 13))}     ${left(otherName, 18)}${paint('bold', right(other, 13))}`,
  );
}

function overTime(stats: Stats, options: StatsViewOptions, paint: Paint): readonly string[] {
  const steps = joinGaps(stats.steps);
  const labels = labelsOf(steps, stats);
  const most = Math.max(0, ...steps.map(({ amounts }) => amounts?.personSeconds ?? 0));
  const width = Math.max(...labels.map(visibleLength), 10);
  return [
    headings(`by ${stats.step}`, width, options.columns, paint),
    ...steps.map((step, index) => {
      const label = labels[index] ?? '';
      if (step.amounts === null) return `  ${left(label, width)}${paint('dim', right('no data', SECONDS_WIDTH))}`;
      return row(label, width, step.amounts, most, options.columns, paint);
    }),
  ];
}

function byClass(stats: Stats, options: StatsViewOptions, paint: Paint): readonly (readonly string[])[] {
  const whole = stats.amounts?.personSeconds;
  if (whole === undefined) return [];
  const block = (title: string, shares: readonly Share[]) => {
    const width = Math.max(...shares.map(({ name }) => name.length), 10);
    const rows = shares.map((share) => row(share.name, width, share, whole, options.columns, paint));
    return [headings(title, width, options.columns, paint), ...rows];
  };
  return [block('age group', stats.ageGroups), block('gender', stats.genders)];
}

function headings(title: string, width: number, columns: number, paint: Paint): string {
  const seconds = right('person-sec', SECONDS_WIDTH);
  const gap = ' '.repeat(2 + barWidth(width, columns));
  return paint(
    'dim',
    `  ${left(title, width)}${seconds}${gap}${right('attention', ATTENTION_WIDTH)}${right('entered', ENTERED_WIDTH)}`,
  );
}

function row(label: string, width: number, amounts: Amounts, whole: number, columns: number, paint: Paint): string {
  const { personSeconds, attentionSeconds, entered } = amounts;
  const bars = barWidth(width, columns);
  return [
    `  ${left(label, width)}${right(amountText(personSeconds, 1), SECONDS_WIDTH)}  `,
    paint('cyan', left(bar(personSeconds, whole, bars), bars)),
    right(percentText(personSeconds > 0 ? attentionSeconds / personSeconds : null), ATTENTION_WIDTH),
    right(amountText(entered, 0), ENTERED_WIDTH),
  ].join('');
}

function barWidth(labelWidth: number, columns: number): number {
  const others = 4 + labelWidth + SECONDS_WIDTH + ATTENTION_WIDTH + ENTERED_WIDTH;
  return Math.max(LEAST_BAR_WIDTH, columns - others);
}

/** Successive steps without data are one row. */
function joinGaps(steps: readonly StatsStep[]): readonly StatsStep[] {
  const joined: StatsStep[] = [];
  for (const step of steps) {
    const last = joined.at(-1);
    if (last?.amounts === null && step.amounts === null) joined[joined.length - 1] = { ...last, to: step.to };
    else joined.push(step);
  }
  return joined;
}

/** The start of each step, with the offset from UTC where the clocks were changed, and the end of gaps. */
function labelsOf(steps: readonly StatsStep[], { from, until, timezone, step }: Stats): readonly string[] {
  const text = zoned(timezone, labelFormat(step, Date.parse(until) - Date.parse(from)));
  return steps.map(({ from: start, to, amounts }, index) => {
    const previous = steps[index - 1]?.from ?? start;
    const offset = offsetMs(Date.parse(start), timezone);
    const isChanged = step !== 'day' && offset !== offsetMs(Date.parse(previous), timezone);
    const isLong = amounts === null && Date.parse(to) - Date.parse(start) > LENGTH_MS[step];
    return `${text(start)}${isChanged ? ` ${offsetText(offset)}` : ''}${isLong ? ` – ${text(endShown(to, step))}` : ''}`;
  });
}

/** A time of day at which a gap ends is its end; of days the last one is named. */
function endShown(to: string, step: Step): string {
  return step === 'day' ? instantText(Date.parse(to) - 1) : to;
}

const LENGTH_MS: Readonly<Record<Step, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS + HOUR_MS };

function labelFormat(step: Step, lengthMs: number): Intl.DateTimeFormatOptions {
  if (step === 'day') return { weekday: 'short', day: 'numeric', month: 'short' };
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  return lengthMs <= DAY_MS + HOUR_MS ? time : { day: 'numeric', month: 'short', ...time };
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  const rest = minutes % 60 === 0 ? '' : `:${minutes % 60}`;
  return `UTC${offset < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

function notes({
  amounts,
  averageAudience,
  partialPeriods,
  periods,
  hourPeriods,
  aheadOfClock,
  k,
}: Stats): readonly string[] {
  return [
    ...(amounts === null || averageAudience === null
      ? []
      : ['Average audience: person-seconds per observed second, the impression multiplier of the IAB.']),
    ...(partialPeriods === 0
      ? []
      : [`Not observed from start to end: ${amountText(partialPeriods, 0)} of ${periodsText(periods, hourPeriods)}.`]),
    ...(k > 1 ? [`Combinations of age group and gender of fewer than ${k} people are shown as unknown.`] : []),
    ...(aheadOfClock
      ? ['Some of it lies ahead of the clock: simulated faster than real time, or the clock was set back.']
      : []),
  ];
}

function periodsText(periods: number, hours: number): string {
  if (hours === 0) return counted(periods, 'minute', 'minutes');
  if (hours === periods) return counted(periods, 'hour', 'hours');
  return `${counted(periods - hours, 'minute', 'minutes')} and ${counted(hours, 'hour', 'hours')}`;
}

function zoned(timezone: string, format: Intl.DateTimeFormatOptions): (instant: string) => string {
  const formatter = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hourCycle: 'h23', ...format });
  return (instant) => formatter.format(new Date(instant)).replaceAll(',', '');
}
