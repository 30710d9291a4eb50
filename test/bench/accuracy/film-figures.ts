// Measures films whose audience is known: visits and person-seconds against the truth, and what fusing looks is worth.
import { configured } from '../../../src/cli/source-options.ts';
import { chooseNets } from '../../../src/daemon/nets.ts';
import { sharedPath } from '../../support/shared.ts';
import { readTruth } from './film-truth.ts';
import { type FusionFigures, type Judged, judgeFusion, type LookedAt, lookedAt } from './fusion-figures.ts';
import { runFilm } from './run-film.ts';

export type FilmFigures = Readonly<{
  pack: string;
  films: readonly FilmFigure[];
  /** Over the films whose pictures are good enough; null without any, or without a classifier. */
  fusion: FusionFigures | null;
  /** Films that are not here. */
  skipped: readonly string[];
}>;

type FilmFigure = Readonly<{
  film: string;
  visits: number;
  trueVisits: number;
  personSeconds: number;
  truePersonSeconds: number;
}>;

/** The pictures of previews have 256 colors, too few to judge age or gender by; in some films nobody shows a face. */
const FILMS = [
  { film: 'lobby-composite', judgesLooks: true },
  { film: 'visits-asl', judgesLooks: true },
  { film: 'visits-intel-previews', judgesLooks: false },
  { film: 'one-by-one-person-detection', judgesLooks: false },
  { film: 'people-detection.preview', judgesLooks: false },
  { film: 'store-aisle-detection.preview', judgesLooks: false },
  { film: 'worker-zone-detection.preview', judgesLooks: false },
];
/** The goals: visits missed or invented in all films together, and how far person-seconds may be off in each. */
const MOST_VISITS_OFF = 3;
const MOST_SECONDS_OFF = 0.05;

/** A pack of the manifest, everything else as configured by default. */
export async function measureFilms(pack: string): Promise<FilmFigures> {
  const { config: shipped } = configured({});
  const config = { ...shipped, models: { ...shipped.models, pack } };
  const nets = chooseNets(config);
  const films: FilmFigure[] = [];
  const looks: LookedAt[] = [];
  const skipped: string[] = [];
  for (const { film, judgesLooks } of FILMS) {
    const path = sharedPath('films', `${film}.mp4`);
    const truthPath = sharedPath('films', `${film}.truth.json`);
    if (path === null || truthPath === null) {
      skipped.push(film);
      continue;
    }
    const truth = readTruth(truthPath);
    const run = await runFilm(path, config, nets);
    films.push({
      film,
      visits: run.viewers.length,
      trueVisits: truth.visits.length,
      personSeconds: run.personSeconds,
      truePersonSeconds: truth.personSeconds,
    });
    if (judgesLooks) looks.push(...lookedAt(run, truth));
  }
  return { pack, films, fusion: judgeFusion(looks), skipped };
}

export function filmsReport({ pack, films, fusion, skipped }: FilmFigures): string {
  const populated = films.filter(({ trueVisits }) => trueVisits > 0);
  const visitsOff = populated.reduce((sum, { visits, trueVisits }) => sum + Math.abs(visits - trueVisits), 0);
  return [
    `films, pack ${pack}, everything else as configured by default`,
    `  ${'counted of true'.padEnd(32)}${'visits'.padStart(10)}${'person-seconds'.padStart(18)}`,
    ...films.map(filmRow),
    ...(populated.length === 0
      ? []
      : [
          `  visits missed or invented: ${visitsOff} (goal: at most ${MOST_VISITS_OFF}, ${word(visitsOff <= MOST_VISITS_OFF)})`,
        ]),
    ...(fusion === null ? [] : fusionRows(fusion)),
    ...skipped.map((film) => `  left out: ${film}, which is not part of the project`),
  ].join('\n');
}

function filmRow({ film, visits, trueVisits, personSeconds, truePersonSeconds }: FilmFigure): string {
  const counted = `${visits} of ${trueVisits}`.padStart(10);
  const seconds = `${personSeconds.toFixed(1)} of ${truePersonSeconds.toFixed(1)}`.padStart(18);
  const row = `  ${film.padEnd(32)}${counted}${seconds}`;
  if (trueVisits === 0) return `${row}  (goal: nobody, ${word(visits === 0)})`;
  const off = personSeconds / truePersonSeconds - 1;
  return `${row}  ${points(off)} % (goal: ±5 %, ${word(Math.abs(off) <= MOST_SECONDS_OFF)})`;
}

function fusionRows({ viewers, looks, first, each, fused }: FusionFigures): readonly string[] {
  const judged = FILMS.filter(({ judgesLooks }) => judgesLooks).map(({ film }) => film);
  const row = (name: string, { genderRight, genderBits, yearsOff }: Judged) =>
    `  ${name.padEnd(32)}${`${(100 * genderRight).toFixed(1)} %`.padStart(10)}${genderBits.toFixed(3).padStart(18)}${yearsOff.toFixed(2).padStart(12)}`;
  const gain = (than: Judged) =>
    [
      [fused.genderRight - than.genderRight, (gained: number) => `${points(gained)} points of gender`] as const,
      [than.genderBits - fused.genderBits, (gained: number) => `${signed(gained, 3)} bits`] as const,
      [than.yearsOff - fused.yearsOff, (gained: number) => `${signed(gained, 2)} years`] as const,
    ]
      .map(([gained, inWords]) => `${inWords(gained)} (${word(gained > 0)})`)
      .join(', ');
  return [
    '',
    `one look against all, ${viewers} viewers with ${looks} looks of ${judged.join(' and ')}; ages are guesses by eye`,
    `  ${''.padEnd(32)}${'gender'.padStart(10)}${'surprise, bits'.padStart(18)}${'years off'.padStart(12)}`,
    row('the first look alone', first),
    row('a single look, mean of all', each),
    row('fused', fused),
    '  gained by fusing (goal: better)',
    `    than the first look: ${gain(first)}`,
    `    than a single look: ${gain(each)}`,
  ];
}

function points(share: number): string {
  return signed(100 * share, 1);
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

function word(reached: boolean): string {
  return reached ? 'reached' : 'NOT REACHED';
}
