// Makes of each frame the picture that everybody sees, before anything looks at it: its region, turned, mirrored and masked.
import { type FrameOptions, type RawFrame, readFrames } from './frames.ts';
import { type FrameShape, frameBytes, type Plane, planesOf } from './luma.ts';
import { visibleColors, visiblePixels, visibleRuns } from './mask.ts';
import type { SensorOptions } from './sensor-options.ts';

export type View = NonNullable<SensorOptions['view']>;
type ViewOptions = Pick<SensorOptions, 'frame' | 'view'>;

/** Frames of the source, as they are to be seen. */
export function readViews(
  chunks: AsyncIterable<Buffer>,
  options: FrameOptions & ViewOptions,
  now: () => number,
): AsyncIterable<RawFrame> {
  const frame = options.view?.source ?? options.frame;
  return viewed(readFrames(chunks, { ...options, frame }, now), options);
}

/** Frames without a view pass as they are. */
export function viewed(frames: AsyncIterable<RawFrame>, { frame, view }: ViewOptions): AsyncIterable<RawFrame> {
  return view === null ? frames : drawn(frames, view, frame);
}

async function* drawn(frames: AsyncIterable<RawFrame>, view: View, frame: FrameShape): AsyncGenerator<RawFrame> {
  // One is enough: a frame is done with when the next is asked for.
  const bytes = Buffer.allocUnsafeSlow(frameBytes(frame));
  const drawView = drawing(view);
  for await (const raw of frames) {
    const visible = drawView(raw.bytes, bytes);
    yield { ...raw, bytes, visible };
  }
}

/** In I420 gray has this in both planes of color. */
const NO_COLOR = 128;

/** Writes every byte of `target`, so that nothing of another frame is left; returns which pixels may be seen. */
export function drawing(view: View): (source: Uint8Array, target: Uint8Array) => Uint8Array | null {
  const { width, height } = view.region;
  const visible = view.mask && visiblePixels(view.mask, width, height);
  const strokes = strokesOf(view, visible);
  return (source, target) => {
    target.fill(0, 0, width * height).fill(NO_COLOR, width * height);
    for (const stroke of strokes) draw(source, target, stroke);
    return visible;
  };
}

/** How one plane is drawn: `from` is where its first pixel is in the source, and how far the next is, to the right and below. */
type Stroke = Readonly<{
  from: Readonly<{ first: number; right: number; below: number }>;
  to: Plane;
  /** Of what may be seen. */
  runs: Int32Array;
}>;

function strokesOf(view: View, visible: Uint8Array | null): readonly Stroke[] {
  const { width, height } = view.region;
  const sources = planesOf(view.source);
  const colors = visible && visibleColors(visible, width);
  return planesOf({ width, height, strideBytes: width }).map((to, index) => {
    const source = sources[index] ?? sources[0];
    const seen = (index === 0 ? visible : colors) ?? new Uint8Array(to.width * to.height).fill(1);
    return { from: placesIn(source, view), to, runs: visibleRuns(seen, to.width) };
  });
}

function placesIn(plane: Plane, { source, rotateDegrees, mirror, region }: View): Stroke['from'] {
  const scale = source.width / plane.width;
  const uprightWidth = rotateDegrees % 180 === 0 ? plane.width : plane.height;
  const place = (right: number, below: number) => {
    const x = region.x / scale + right;
    const y = region.y / scale + below;
    const [column, row] = beforeTurn(rotateDegrees, mirror ? uprightWidth - 1 - x : x, y, plane);
    return plane.from + row * plane.strideBytes + column;
  };
  const first = place(0, 0);
  return { first, right: place(1, 0) - first, below: place(0, 1) - first };
}

/** Where a pixel of a picture turned clockwise was before, in a picture of the size given. */
function beforeTurn(
  degrees: View['rotateDegrees'],
  x: number,
  y: number,
  { width, height }: Readonly<{ width: number; height: number }>,
): readonly [column: number, row: number] {
  switch (degrees) {
    case 0:
      return [x, y];
    case 90:
      return [y, height - 1 - x];
    case 180:
      return [width - 1 - x, height - 1 - y];
    case 270:
      return [width - 1 - y, x];
  }
}

function draw(
  source: Uint8Array,
  target: Uint8Array,
  { from: { first, right, below }, to: plane, runs }: Stroke,
): void {
  for (let run = 0; run < runs.length; run += 3) {
    const row = runs[run] ?? 0;
    const column = runs[run + 1] ?? 0;
    const length = (runs[run + 2] ?? 0) - column;
    let from = first + row * below + column * right;
    let to = plane.from + row * plane.width + column;
    if (right === 1) {
      target.set(source.subarray(from, from + length), to);
      continue;
    }
    for (const end = to + length; to < end; to += 1) {
      target[to] = source[from] ?? 0;
      from += right;
    }
  }
}
