// Works through the inputs one after another: finds, reports, marks, shows and writes.
import { extname } from 'node:path';
import { pictureView } from '../capture/picture-view.ts';
import type { Settings } from '../config/schema.ts';
import type { Nets } from '../daemon/nets.ts';
import { bgrFromI420, type Keep, type Mat, scope } from '../sensor/opencv.ts';
import { AnalyzeError } from './analyze-error.ts';
import { annotate } from './annotate.ts';
import type { Film } from './film-source.ts';
import { FilmWriter } from './film-writer.ts';
import { type Found, foundFace } from './found.ts';
import { numbered } from './mark.ts';
import { type Output, putBytes, putWhole } from './output.ts';
import { encodePicture, pixelsOf, readPicture } from './pictures.ts';
import type { Progress } from './progress.ts';
import type { Report } from './report.ts';
import { type SeenFrame, type WatchedFilm, watchFilm } from './watch-film.ts';
import { showFrame, showPicture } from './window.ts';

export type Analysis = Readonly<{
  find: (keep: Keep, image: Mat) => Promise<readonly Found[]>;
  /** What films are watched with; null where only pictures are analyzed. */
  watching: Readonly<{ nets: Nets; config: Settings }> | null;
  report: Report;
  progress: Progress;
  /** Null when no annotated copy is wanted. */
  output: Output | null;
  shows: boolean;
  stop: AbortSignal;
  /** Called when a picture or film begins to be read, its nets being there. */
  begin: () => void;
}>;

export async function analyzePicture(
  { find, report, output, shows, stop, begin }: Analysis,
  { path, name }: Readonly<{ path: string; name: string }>,
): Promise<void> {
  begin();
  await scope(async (keep) => {
    const image = readPicture(keep, path);
    const found = await find(keep, image);
    const place = { file: path, atMs: null, width: image.cols, height: image.rows };
    const written = output && (await output.pathFor({ kind: 'picture', name, path }));
    if (written !== null || shows) annotate(image, numbered(found.map(({ mark }) => mark)));
    if (written !== null) await putBytes(written, await encodePicture(image, extname(written).toLowerCase()));
    report.picture(place, found, written);
    if (shows) await showPicture(image, stop);
  });
}

/** Returns the number of frames. */
export async function analyzeFilm(analysis: Analysis, film: Film, path: string | null): Promise<number> {
  const { watching, report, output } = analysis;
  if (watching === null) {
    throw new AnalyzeError(
      'usage',
      `${film.file} is no picture, and --reference is for pictures. Leave --reference out.`,
    );
  }
  const written = output && (await output.pathFor({ kind: 'film', name: film.name, path }));
  const { nets, config } = watching;
  const shown = asSeen(film, config);
  const watch = (writer: FilmWriter | null) =>
    watchFilm(film, nets, config, analysis, (frame) => takeFrame(analysis, shown, frame, writer));
  const { frames, viewers } = written === null ? await watch(null) : await writeFilm(written, shown, watch);
  report.film(film.file, viewers, written);
  return frames;
}

/** With frames of the size that is left of them when they are turned and cut as configured. */
function asSeen(film: Film, { picture }: Settings): Film {
  const { frame } = pictureView(film.capture.frame, picture);
  return { ...film, capture: { ...film.capture, frame } };
}

async function writeFilm(
  path: string,
  { capture }: Film,
  watch: (writer: FilmWriter) => Promise<WatchedFilm>,
): Promise<WatchedFilm> {
  return putWhole(path, async (partial) => {
    const writer = new FilmWriter(partial, path, capture);
    try {
      const watched = await watch(writer);
      await writer.close();
      return watched;
    } finally {
      await writer.abandon();
    }
  });
}

/** False when the user has closed the window. */
async function takeFrame(
  { report, progress, shows }: Analysis,
  { file, capture: { frame }, durationMs }: Film,
  { at, bytes, faces }: SeenFrame,
  writer: FilmWriter | null,
): Promise<boolean> {
  const found = faces.map(foundFace);
  report.frame({ file, atMs: at, width: frame.width, height: frame.height }, found);
  const ratio = durationMs === null ? null : Math.min(1, at / durationMs);
  progress.show({ ratio, name: file, amount: `${(at / 1000).toFixed(0)} s of film` });
  if (writer === null && !shows) return true;
  return scope(async (keep) => {
    const image = bgrFromI420(keep, bytes, frame);
    annotate(
      image,
      found.map(({ mark }) => mark),
    );
    await writer?.write(pixelsOf(image));
    return !shows || showFrame(image);
  });
}
