// Tests the picture that everybody sees against one made pixel by pixel: turned, mirrored, cut, and nothing left of what is hidden.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameShape, frameBytes, planesOf } from '../../src/sensor/luma.ts';
import { drawing, readViews, type View, viewed } from '../../src/sensor/view.ts';

type Frame = Readonly<{ bytes: Uint8Array; shape: FrameShape }>;
type Turn = Readonly<{ rotateDegrees: View['rotateDegrees']; mirror: boolean }>;

const even = (most: number) => fc.integer({ min: 1, max: most }).map((half) => 2 * half);
const turn: fc.Arbitrary<Turn> = fc.record({
  rotateDegrees: fc.constantFrom(0, 90, 180, 270),
  mirror: fc.boolean(),
});
const frame: fc.Arbitrary<Frame> = fc
  .tuple(even(6), even(6), fc.constantFrom(0, 2, 4))
  .chain(([width, height, padding]) => {
    const shape = { width, height, strideBytes: width + padding };
    const length = frameBytes(shape);
    return fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => ({ bytes, shape }));
  });
const maskWithin = (most: number) => {
  const place = fc.double({ min: -2, max: most, noNaN: true });
  return fc.array(fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 5 }), { minLength: 1, maxLength: 2 });
};
const view = fc.tuple(frame, turn, fc.option(maskWithin(14))).chain(([source, turned, mask]) => {
  const { width, height } = uprightSize(source.shape, turned.rotateDegrees);
  return fc
    .tuple(even(width / 2), even(height / 2), fc.nat(width / 2), fc.nat(height / 2))
    .map(([regionWidth, regionHeight, left, top]) => {
      const x = Math.min(2 * left, width - regionWidth);
      const y = Math.min(2 * top, height - regionHeight);
      const region = { x, y, width: regionWidth, height: regionHeight };
      return { source, view: { source: source.shape, ...turned, region, mask } satisfies View };
    });
});

describe('drawing', () => {
  it('draws what looking up each pixel gives, whatever was in the buffer', () => {
    fc.assert(
      fc.property(view, fc.nat(255), ({ source, view: wanted }, rest) => {
        const made = makeView(source, wanted, rest);
        const { visible } = made;
        planesOf(made.shape).forEach((plane, index) => {
          for (let y = 0; y < plane.height; y += 1) {
            for (let x = 0; x < plane.width; x += 1) {
              const isSeen =
                index === 0 ? isVisible(visible, made.shape, x, y) : isColorVisible(visible, made.shape, x, y);
              const hidden = index === 0 ? 0 : 128;
              const expected = isSeen ? lookedUp(source, wanted, index, x, y) : hidden;
              expect(made.bytes[plane.from + y * plane.strideBytes + x]).toBe(expected);
            }
          }
        });
      }),
    );
  });

  it('comes back to the frame after four quarter turns, two mirrors or two half turns', () => {
    fc.assert(
      fc.property(frame, (source) => {
        const unpadded = applied(source, []);
        const quarter = { rotateDegrees: 90, mirror: false } as const;
        expect(applied(source, [quarter, quarter, quarter, quarter])).toEqual(unpadded);
        expect(applied(source, [quarter, { rotateDegrees: 270, mirror: false }])).toEqual(unpadded);
        expect(applied(source, [quarter, quarter])).toEqual(applied(source, [{ rotateDegrees: 180, mirror: false }]));
        const mirror = { rotateDegrees: 0, mirror: true } as const;
        expect(applied(source, [mirror, mirror])).toEqual(unpadded);
      }),
    );
  });

  it('gives the same for the region of a region as for both in one', () => {
    fc.assert(
      fc.property(frame, fc.nat(2), fc.nat(2), (source, left, top) => {
        const { width, height } = source.shape;
        fc.pre(width >= 4 * left + 2 && height >= 4 * top + 2);
        const cut = (from: Frame, x: number, y: number) => {
          const region = { x, y, width: from.shape.width - x, height: from.shape.height - y };
          return plain(makeView(from, viewOf(from, { rotateDegrees: 0, mirror: false }, region)));
        };
        expect(cut(cut(source, 2 * left, 2 * top), 2 * left, 2 * top)).toEqual(cut(source, 4 * left, 4 * top));
      }),
    );
  });

  it('is equal to the byte for frames that differ only in what the mask hides', () => {
    fc.assert(
      fc.property(frame, turn, maskWithin(14), fc.nat(255), (source, turned, mask, other) => {
        const wanted = { ...viewOf(source, turned), mask };
        const seen = makeView(source, wanted);
        const touched = source.bytes.map((byte, offset) => (isHidden(source, wanted, offset) ? other : byte));
        expect(plain(makeView({ ...source, bytes: touched }, wanted))).toEqual(plain(seen));
      }),
    );
  });
});

describe('viewed', () => {
  const source = { width: 4, height: 2, strideBytes: 6 };
  const turned: View = {
    source,
    rotateDegrees: 90,
    mirror: false,
    region: { x: 0, y: 0, width: 2, height: 4 },
    mask: null,
  };
  const options = { frame: { width: 2, height: 4, strideBytes: 2 }, view: turned };
  const flow = { periodMs: 100, clock: 'media', live: false } as const;

  it('passes frames on as they are where there is no view', () => {
    const frames = rawFrames([1]);
    expect(viewed(frames, { frame: source, view: null })).toBe(frames);
  });

  it('keeps time and count of the frames, and needs one buffer for all of them', async () => {
    const buffers = new Set<Buffer>();
    const seen: unknown[] = [];
    for await (const { bytes, at, dropped, visible } of viewed(rawFrames([7, 9]), options)) {
      buffers.add(bytes);
      seen.push([[...bytes.subarray(0, 8)], at, dropped, visible]);
    }
    expect(buffers.size).toBe(1);
    expect(seen).toEqual([
      [Array(8).fill(7), 700, 7, null],
      [Array(8).fill(9), 900, 9, null],
    ]);
  });

  it('reads the padded frames that a camera writes and shows them turned', async () => {
    const luma = [1, 2, 3, 4, 99, 99, 5, 6, 7, 8, 99, 99];
    const colors = [11, 12, 99, 21, 22, 99];
    async function* camera() {
      yield Buffer.from([...luma, ...colors]);
    }
    const frames = [];
    for await (const { bytes } of readViews(camera(), { ...flow, ...options }, () => 0)) frames.push([...bytes]);
    expect(frames).toEqual([[5, 1, 6, 2, 7, 3, 8, 4, 11, 12, 21, 22]]);
  });

  async function* rawFrames(values: readonly number[]) {
    for (const value of values) {
      const bytes = Buffer.alloc(frameBytes(source), value);
      yield { bytes, at: 100 * value, completedAt: 0, dropped: value, visible: null };
    }
  }
});

type Made = Frame & Readonly<{ visible: Uint8Array | null }>;

function makeView(source: Frame, wanted: View, rest = 255): Made {
  const { width, height } = wanted.region;
  const shape = { width, height, strideBytes: width };
  const bytes = new Uint8Array(frameBytes(shape)).fill(rest);
  const visible = drawing(wanted)(source.bytes, bytes);
  return { bytes, shape, visible };
}

function plain({ bytes, shape }: Made): Frame {
  return { bytes, shape };
}

function applied(source: Frame, turns: readonly Turn[]): Frame {
  const still = { rotateDegrees: 0, mirror: false } as const;
  return [still, ...turns].reduce<Frame>((before, next) => plain(makeView(before, viewOf(before, next))), source);
}

function viewOf({ shape }: Frame, turned: Turn, region?: View['region']): View {
  const { width, height } = uprightSize(shape, turned.rotateDegrees);
  return { source: shape, ...turned, region: region ?? { x: 0, y: 0, width, height }, mask: null };
}

function uprightSize({ width, height }: FrameShape, degrees: number) {
  return degrees % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** By turning a coordinate a quarter at a time, which says nothing about offsets and strides. */
function lookedUp(
  { bytes, shape }: Frame,
  { rotateDegrees, mirror, region }: View,
  plane: number,
  x: number,
  y: number,
) {
  const scale = plane === 0 ? 1 : 2;
  let size = uprightSize(shape, rotateDegrees);
  let place = { x: region.x / scale + x, y: region.y / scale + y };
  if (mirror) place = { x: size.width / scale - 1 - place.x, y: place.y };
  for (let turns = rotateDegrees; turns > 0; turns -= 90) {
    place = { x: place.y, y: size.width / scale - 1 - place.x };
    size = { width: size.height, height: size.width };
  }
  const { from, strideBytes } = planesOf(shape)[plane] ?? planesOf(shape)[0];
  return bytes[from + place.y * strideBytes + place.x];
}

function isVisible(visible: Uint8Array | null, { width }: FrameShape, x: number, y: number): boolean {
  return visible === null || visible[y * width + x] === 1;
}

function isColorVisible(visible: Uint8Array | null, shape: FrameShape, x: number, y: number): boolean {
  return [0, 1].every((right) => [0, 1].every((down) => isVisible(visible, shape, 2 * x + right, 2 * y + down)));
}

/** Whether no visible pixel of the view is made of this byte. */
function isHidden(source: Frame, wanted: View, offset: number): boolean {
  const marked = { ...source, bytes: new Uint8Array(source.bytes.length).fill(60) };
  marked.bytes[offset] = 61;
  return !makeView(marked, wanted).bytes.includes(61);
}
