import { it } from 'vitest';
import { framesOf, runSensor } from '../support/sensor-child.ts';
import { sensorOptions } from '../support/sensor-options.ts';
import { sharedPath } from '../support/shared.ts';

it('scratch', async () => {
  const f = process.env['PIC'] ?? sharedPath('films', process.env['FILM'] ?? 'lobby-composite.mp4') ?? '';
  const w = Number(process.env['W'] ?? 640),
    h = Number(process.env['H'] ?? 360);
  const t0 = performance.now();
  const r = await runSensor({
    options: sensorOptions(w, h, { gate: { maxSkipMs: Number(process.env['SKIP'] ?? 1000) } }),
    capture: framesOf(f, w, h, [...(process.env['PIC'] ? ['-loop', '1'] : []), '-t', process.env['T'] ?? '15']),
  });
  const o = r.observations;
  const st: Record<string, number> = {};
  for (const m of r.messages)
    if (m.kind === 'observation') for (const [k, v] of Object.entries(m.stages)) st[k] = (st[k] ?? 0) + v;
  for (const k of Object.keys(st)) st[k] = Math.round(((st[k] ?? 0) / o.length) * 100) / 100;
  console.log(
    r.exitCode,
    r.stderr,
    r.messages.filter((m) => m.kind !== 'observation'),
    o.length,
    'detected',
    o.filter((x) => x.detected).length,
    ((performance.now() - t0) / 1000).toFixed(1) + 's',
    st,
  );
  console.log(
    'faces',
    o.reduce((s, x) => s + x.faces.length, 0),
    'zooms',
    o.flatMap((x) => x.faces).filter((x) => x.zoom !== null).length,
    'looks',
    o.flatMap((x) => x.looks).length,
    'tracks',
    new Set(o.flatMap((x) => x.faces.map((y) => y.track))).size,
  );
  console.log(
    JSON.stringify(
      o.flatMap((x) =>
        x.looks.map((l) => [
          l.at,
          x.faces[l.face]?.track,
          Math.round(x.faces[l.face]?.box.width ?? 0),
          l.quality.toFixed(2),
          l.gender?.male.toFixed(2),
          l.age?.kind === 'normal' ? l.age.meanYears.toFixed(0) : '',
        ]),
      ),
    ),
  );
  const cr = o
    .flatMap((x) => x.faces.map((f) => f.changeRatio ?? -1))
    .filter((x) => x >= 0)
    .sort((a, b) => a - b);
  console.log(
    'change',
    [0.05, 0.25, 0.5, 0.75, 0.95].map((q) => cr[Math.floor(q * cr.length)]?.toFixed(4)),
  );
});
