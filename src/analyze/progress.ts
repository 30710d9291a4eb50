// A bar on the terminal that says how far the analysis is; nothing where there is no terminal.
import { bar } from '../cli/bars.ts';
import { durationText } from '../cli/figures.ts';
import { cut, left, right } from '../cli/terminal-text.ts';

export type Step = Readonly<{
  /** 0..1; null for what has no end. */
  ratio: number | null;
  name: string;
  /** What was done, in words: `12 of 40`, `310 frames`. */
  amount: string;
}>;

type Output = Readonly<{ isTTY?: boolean; columns?: number; write: (text: string) => unknown }>;

const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[K';
const BAR_COLUMNS = 24;

export class Progress {
  readonly #output: Output;
  readonly #now: () => number;
  readonly #beganAt: number;
  #drawnAt = Number.NEGATIVE_INFINITY;

  /** `now` is monotonic milliseconds. */
  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
    this.#beganAt = now();
  }

  show(step: Step): void {
    const at = this.#now();
    if (this.#output.isTTY !== true || at - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = at;
    this.#output.write(CLEAR_LINE + progressLine(step, at - this.#beganAt, this.#output.columns ?? 80));
  }

  /** Makes room for a line of something else. */
  clear(): void {
    if (this.#output.isTTY === true && this.#drawnAt > Number.NEGATIVE_INFINITY) this.#output.write(CLEAR_LINE);
  }
}

export function progressLine({ ratio, name, amount }: Step, elapsedMs: number, columns: number): string {
  if (ratio === null) return cut(`${amount}, ${durationText(elapsedMs)}  ${name}`, columns - 1);
  const rest = ratio > 0.02 ? `, ${durationText((elapsedMs * (1 - ratio)) / ratio)} left` : '';
  const percent = right(`${Math.floor(ratio * 100)} %`, 5);
  return cut(`${left(bar(ratio, 1, BAR_COLUMNS), BAR_COLUMNS)}${percent}  ${amount}${rest}  ${name}`, columns - 1);
}
