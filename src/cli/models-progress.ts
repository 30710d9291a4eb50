// Shows how far a download is: a bar on a terminal, a line now and then elsewhere.
import type { NetFile } from '../models/net-schema.ts';
import type { PullStep } from '../models/pull/pull-net.ts';
import { bar } from './bars.ts';
import { durationText } from './figures.ts';
import { cut, left, right } from './terminal-text.ts';

export type ProgressOutput = Readonly<{ isTTY?: boolean; columns?: number; write: (text: string) => unknown }>;

const REDRAW_MS = 100;
/** Without a terminal a line at every tenth of a file. */
const LINES_PER_FILE = 10;
const CLEAR_LINE = '\r\u001b[K';

/** Takes the steps of a pull and writes what is new about them; `now` is a monotonic clock in milliseconds. */
export function progressShown(output: ProgressOutput, now: () => number): (step: PullStep) => void {
  const isTerminal = output.isTTY === true;
  let transfer: Transfer | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let tenth = 0;
  const line = (text: string) => output.write(`${isTerminal ? CLEAR_LINE : ''}${text}\n`);
  return (step) => {
    const { file } = step;
    if (step.step === 'begun') {
      transfer = null;
      tenth = 0;
      line(`${file.name}: ${sizeText(file.bytes)} from ${placeText(step.from)}`);
    } else if (step.step === 'trouble') {
      transfer = null;
      line(`${file.name}: ${placeText(step.from)} ${step.problem}`);
    } else if (step.step === 'placed') {
      line(`${file.name}: ready`);
    } else {
      transfer ??= { file, beganAt: now(), beganWith: step.bytes, received: step.bytes };
      transfer = { ...transfer, received: step.bytes };
      const reached = Math.floor((LINES_PER_FILE * step.bytes) / file.bytes);
      if (isTerminal && now() - drawnAt >= REDRAW_MS) {
        drawnAt = now();
        output.write(CLEAR_LINE + transferLine(transfer, now(), output.columns ?? 80));
      } else if (!isTerminal && reached > tenth && reached < LINES_PER_FILE) {
        tenth = reached;
        line(`${file.name}: ${reached * (100 / LINES_PER_FILE)} %`);
      }
    }
  };
}

type Transfer = Readonly<{ file: NetFile; beganAt: number; beganWith: number; received: number }>;

/** What was there before this attempt counts for the bar, not for the speed. */
export function transferLine({ file, beganAt, beganWith, received }: Transfer, at: number, columns: number): string {
  const bytesPerMs = at > beganAt ? (received - beganWith) / (at - beganAt) : 0;
  const rest = bytesPerMs > 0 ? `, ${durationText((file.bytes - received) / bytesPerMs)} left` : '';
  const amount = `${sizeText(received)} of ${sizeText(file.bytes)}, ${sizeText(bytesPerMs * 1000)}/s${rest}`;
  const percent = right(`${Math.floor((100 * received) / file.bytes)} %`, 5);
  const width = Math.max(0, Math.min(30, columns - file.name.length - amount.length - 12));
  return cut(`${file.name} ${left(bar(received, file.bytes, width), width)}${percent}  ${amount}`, columns - 1);
}

/** Decimal, as the web and file managers count: `45.7 MB`, `12 kB`. */
export function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Of an address the host, of a folder its path. */
function placeText(from: string): string {
  return /^https?:/.test(from) ? new URL(from).host : from;
}
