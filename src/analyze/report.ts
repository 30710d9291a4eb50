// Writes the results where they are asked for: results on standard output, everything else beside them.
import type { AnalyzedViewer } from './answer.ts';
import { type Found, type Person, personOf } from './found.ts';
import type { Job } from './job.ts';
import type { Progress } from './progress.ts';
import { csvHeader, csvRows, filmText, jsonLine, type Place, pictureText, viewerJsonLine } from './report-lines.ts';
import { summaryText, type Work } from './summary.ts';

export class Report {
  readonly #format: Job['format'];
  readonly #progress: Progress;
  readonly #people: Person[] = [];

  constructor(format: Job['format'], progress: Progress) {
    this.#format = format;
    this.#progress = progress;
    if (format === 'csv') this.#result(csvHeader());
  }

  picture(place: Place, found: readonly Found[], written: string | null): void {
    this.#people.push(...found.map(({ person }) => person));
    if (this.#format === 'text') this.#result(pictureText(place, found, written));
    else this.#faces(place, found);
    if (written !== null && this.#format !== 'text') this.note(`${place.file} → ${written}`);
  }

  frame(place: Place, found: readonly Found[]): void {
    if (this.#format !== 'text') this.#faces(place, found);
  }

  film(file: string, viewers: readonly AnalyzedViewer[], written: string | null): void {
    this.#people.push(...viewers.map(personOf));
    const inOrder = viewers.toSorted((a, b) => a.viewer - b.viewer);
    if (this.#format === 'text') this.#result(filmText(file, inOrder, written));
    if (this.#format === 'json') for (const viewer of inOrder) this.#result(viewerJsonLine(file, viewer));
    if (written !== null && this.#format !== 'text') this.note(`${file} → ${written}`);
  }

  /** Something for people that is no result. */
  note(text: string): void {
    this.#progress.clear();
    process.stderr.write(`${text}\n`);
  }

  summary(work: Work): void {
    const text = summaryText(this.#people, work);
    if (this.#format === 'text') this.#result(text);
    else this.note(text);
  }

  #faces(place: Place, found: readonly Found[]): void {
    if (this.#format === 'json') this.#result(jsonLine(place, found));
    else for (const row of csvRows(place, found)) this.#result(row);
  }

  #result(line: string): void {
    this.#progress.clear();
    process.stdout.write(`${line}\n`);
  }
}
