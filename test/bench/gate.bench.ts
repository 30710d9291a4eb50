// Measures what the gate saves and what it costs in accuracy: the films with every frame detected, and as shipped.
import { pathToFileURL } from 'node:url';
import { sharedPath } from '../support/shared.ts';
import type { OwnFigures } from './own-figures.ts';
import { runOwn } from './run-loop.ts';

export type GateFigures = Readonly<{
  films: readonly Readonly<{ film: string; everyFrame: OwnFigures; shipped: OwnFigures }>[];
  /** Why films are missing, if any. */
  skipped: string | null;
}>;

export const GATE_FILMS = ['lobby-composite', 'visits-asl', 'visits-intel-previews'];
/** Person-seconds may differ by this much (half a per cent). */
const TOLERANCE = 0.005;

export async function measureGate(names: readonly string[]): Promise<GateFigures> {
  const films: GateFigures['films'][number][] = [];
  for (const name of names) {
    const film = sharedPath('films', `${name}.mp4`);
    if (film === null) continue;
    const everyFrame = await runOwn({ film, packFile: null, gate: 'off' });
    films.push({ film: name, everyFrame, shipped: await runOwn({ film, packFile: null, gate: 'as shipped' }) });
  }
  const missing = names.length - films.length;
  return { films, skipped: missing === 0 ? null : `${missing} films that are not part of the project` };
}

export function describeGate({ films, skipped }: GateFigures): string {
  return [
    'the gate: films with faces looked for in every frame | as shipped',
    ...films.flatMap(({ film, everyFrame, shipped }) => {
      const off = shipped.personSeconds / everyFrame.personSeconds - 1;
      const word = Math.abs(off) <= TOLERANCE && everyFrame.viewers === shipped.viewers ? 'kept' : 'NOT KEPT';
      const row = (name: string, of: (figures: OwnFigures) => number, digits: number) =>
        `    ${name.padEnd(20)} ${of(everyFrame).toFixed(digits).padStart(8)} | ${of(shipped).toFixed(digits).padStart(8)}`;
      return [
        `  ${film}, ${everyFrame.frames} frames: person-seconds ${(100 * off).toFixed(2)} % (tolerance: 0.5 %, ${word})`,
        row('detections', ({ detections }) => detections, 0),
        row('viewers', ({ viewers }) => viewers, 0),
        row('person-seconds', ({ personSeconds }) => personSeconds, 1),
        row('processor seconds', ({ processorSeconds }) => processorSeconds, 1),
      ];
    }),
    ...(skipped === null ? [] : [`  left out: ${skipped}`]),
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(describeGate(await measureGate(GATE_FILMS)));
}
