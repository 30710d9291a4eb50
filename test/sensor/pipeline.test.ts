// Tests the frame loop with a stand-in for the nets: what is detected, carried, checked, looked at and sent.
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/models/model-error.ts';
import type { Observation } from '../../src/observation/observation.ts';
import type { RawFrame } from '../../src/sensor/frames.ts';
import { type Handed, Outlet, WINDOW } from '../../src/sensor/outlet.ts';
import { runPipeline } from '../../src/sensor/pipeline.ts';
import type { ShownFrame, Sight } from '../../src/sensor/sight.ts';
import { lumaOf, textured } from '../support/luma-planes.ts';
import { sensorOptions } from '../support/sensor-options.ts';

const FACE = { box: { x: 100, y: 100, width: 80, height: 80 }, confidence: 0.9, keypoints: null };
const OPTIONS = sensorOptions(640, 480);
const SCENES = [
  ...[0, 4].map((shift) => Buffer.from(lumaOf((x, y) => textured(x + shift, y)).bytes)),
  Buffer.from(lumaOf(() => 0).bytes),
];
const DARK = 2;

describe('runPipeline', () => {
  it('numbers the observations and stamps them as the frames were', async () => {
    const { observations, count } = await run(5, sightOf({}));
    expect(count).toBe(5);
    expect(observations.map(({ seq, at }) => [seq, at])).toEqual([0, 1, 2, 3, 4].map((i) => [i, i * 100]));
  });

  it('zoom-checks a new face until it passed, then looks at it', async () => {
    const { observations } = await run(8, sightOf({}));
    const checks = observations.map(({ faces }) => faces[0]?.zoom !== null);
    expect(checks).toEqual([true, true, true, false, false, false, false, false]);
    const looks = observations.flatMap((observation) => observation.looks);
    expect(looks[0]).toMatchObject({ face: 0, gender: { female: 0.2, male: 0.8 }, quality: expect.any(Number) });
    expect(looks[0]?.at).toBeGreaterThanOrEqual(300);
    expect(looks[0]?.seq).toBe(observations.find(({ at }) => at === looks[0]?.at)?.seq);
  });

  it('asks nothing about the first picture of a camera, which is not believed yet', async () => {
    const { observations } = await run(8, sightOf({}), undefined, { ...OPTIONS, healthRules: true });
    expect(observations.map(({ camera }) => camera.state).slice(0, 2)).toEqual(['suspect', 'ok']);
    const checks = observations.map(({ faces }) => faces[0]?.zoom !== null);
    expect(checks).toEqual([false, true, true, true, false, false, false, false]);
  });

  it('looks at nobody who fails the zoom check, nor without a classifier', async () => {
    const backOfHead = await run(8, sightOf({ zoomCheck: async () => 0.1 }));
    expect(backOfHead.observations.flatMap(({ looks }) => looks)).toEqual([]);
    const countOnly = await run(8, sightOf({ classify: async () => null }));
    expect(countOnly.observations.flatMap(({ looks }) => looks)).toEqual([]);
  });

  it('carries the faces forward while nothing moves', async () => {
    const { observations } = await run(30, sightOf({}), (index) => (index < 13 ? index % 2 : 0));
    const skipped = observations.filter(({ detected }) => !detected);
    expect(skipped.length).toBeGreaterThan(10);
    for (const { faces, looks } of skipped) {
      expect(faces).toMatchObject([{ track: 1, zoom: null, changeRatio: null }]);
      expect(looks).toEqual([]);
    }
    const detectedAt = observations.filter(({ detected }) => detected).map(({ at }) => at);
    expect(Math.max(...detectedAt.slice(1).map((at, i) => at - (detectedAt[i] ?? 0)))).toBe(1000);
  });

  it('measures how much a face changed since its last detection', async () => {
    const { observations } = await run(3, sightOf({}));
    expect(observations.map(({ faces }) => faces[0]?.changeRatio)).toEqual([
      null,
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(observations[1]?.faces[0]?.changeRatio).toBeGreaterThan(0.01);
  });

  it('drops and counts a frame on which a net fails, and goes on', async () => {
    let looks = 0;
    const detect = async () => {
      looks += 1;
      if (looks === 3) throw new ModelError('scores', 'not given by the net for 320x192 pixels', { remedy: 'none' });
      return [FACE];
    };
    const { observations, count } = await run(6, sightOf({ detect }));
    expect(count).toBe(5);
    expect(observations.map(({ at }) => at)).toEqual([0, 100, 300, 400, 500]);
    expect(observations.map(({ camera }) => camera.framesDropped)).toEqual([0, 0, 1, 1, 1]);
  });

  it('gives up when every frame fails', async () => {
    const detect = () => Promise.reject(new Error('every frame'));
    await expect(run(30, sightOf({ detect }))).rejects.toThrow('every frame');
  });

  it('makes neither checks nor looks that could be lost while the daemon is behind, and makes up for them', async () => {
    const sent: Observation[] = [];
    const outlet = new Outlet(true, ({ observation }: Handed) => sent.push(observation));
    const seen = { checks: 0 };
    const sight = sightOf({
      zoomCheck: async () => {
        seen.checks += 1;
        return 0.9;
      },
    });
    async function* late() {
      // Somebody enters when the window is full.
      for await (const frame of frames(WINDOW + 10, (index) => index % 2)) {
        if (frame.at === (WINDOW + 5) * 100) {
          expect(seen.checks).toBe(0);
          for (let seq = 0; seq < WINDOW; seq += 1) outlet.acknowledge(seq);
        }
        yield frame;
      }
    }
    await runPipeline(late(), emptyUntil(WINDOW, sight), outlet, OPTIONS, () => 0);
    expect(sent.flatMap(({ faces }) => faces).filter(({ zoom }) => zoom !== null)).toHaveLength(3);
    expect(sent.flatMap(({ looks }) => looks).length).toBeGreaterThan(0);
  });
});

describe('runPipeline at a live camera', () => {
  const live = { ...OPTIONS, healthRules: true };

  it('detects nothing in a picture that is wrong, and at once in the first that is right', async () => {
    const dark = { from: 20, until: 650 };
    const scene = (index: number) => (index >= dark.from && index < dark.until ? DARK : index % 2);
    const { observations } = await run(660, sightOf({}), scene, live);
    const states = observations.map(({ camera }) => camera.state);
    expect([19, 20, 319, 320, 619, 620, 649, 650].map((index) => states[index])).toEqual([
      ...['ok', 'suspect', 'suspect', 'suspect', 'suspect', 'dark', 'dark', 'ok'],
    ]);
    for (const { detected, faces } of observations.slice(620, 650)) expect([detected, faces]).toEqual([false, []]);
    expect(observations[650]).toMatchObject({ detected: true, faces: [{ track: 2 }] });
  });

  it('counts dropped frames when it asks whether they come too fast', async () => {
    const dropping = (perFrame: number) => run(80, sightOf({}), undefined, live, perFrame);
    expect((await dropping(3)).observations.at(-1)?.camera.state).toBe('too-fast');
    expect((await dropping(1)).observations.at(-1)?.camera.state).toBe('ok');
  });

  it('judges films and pictures by no such rules', async () => {
    const { observations } = await run(620, sightOf({}), () => DARK);
    expect(observations.at(-1)?.camera).toMatchObject({ state: 'ok', notices: [], luma: 0 });
  });
});

async function run(
  count: number,
  sight: Sight,
  scene: (index: number) => number = (index) => index % 2,
  options: typeof OPTIONS = OPTIONS,
  droppedPerFrame = 0,
) {
  const observations: Observation[] = [];
  const outlet = new Outlet(false, ({ observation }) => {
    observations.push(observation);
    queueMicrotask(() => outlet.acknowledge(observation.seq));
  });
  const seen = frames(count, scene, droppedPerFrame);
  return { count: await runPipeline(seen, sight, outlet, options, () => 0), observations };
}

/** Frames every 100 ms of one of the scenes. */
async function* frames(count: number, scene: (index: number) => number, droppedPerFrame = 0): AsyncGenerator<RawFrame> {
  for (let index = 0; index < count; index += 1) {
    const bytes = SCENES[scene(index)] ?? Buffer.alloc(0);
    yield { bytes, at: index * 100, completedAt: 0, dropped: index * droppedPerFrame, visible: null };
  }
}

function sightOf(changed: Partial<ShownFrame>): Sight {
  return (_, work) =>
    work({
      detect: async () => [FACE],
      zoomCheck: async () => 0.9,
      classify: async () => ({
        age: { kind: 'normal', meanYears: 30, sdYears: 8 },
        gender: { female: 0.2, male: 0.8 },
      }),
      ...changed,
    });
}

function emptyUntil(count: number, sight: Sight): Sight {
  let frame = 0;
  return (bytes, work) => {
    frame += 1;
    return sight(bytes, (shown) => work(frame <= count ? { ...shown, detect: async () => [] } : shown));
  };
}
