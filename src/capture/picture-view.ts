// Says in pixels which part of a frame is looked at, how it is turned and what of it may be seen, from the shares configured.
import type { CaptureSource } from './source.ts';

type FrameLayout = CaptureSource['frame'];
type Rectangle = Readonly<{ x: number; y: number; width: number; height: number }>;
type Polygon = readonly (readonly [x: number, y: number])[];

/** Region and mask are shares of the upright picture: turned clockwise first, then mirrored. */
export type PictureWishes = Readonly<{
  mirror: boolean;
  rotateDegrees: 0 | 90 | 180 | 270;
  region: Rectangle | null;
  mask: readonly Polygon[] | null;
}>;

export type PictureView = Readonly<{
  /** The frames that the source writes. */
  source: FrameLayout;
  rotateDegrees: PictureWishes['rotateDegrees'];
  mirror: boolean;
  /** Pixels of the upright picture, with even edges: four of brightness share one of color. */
  region: Rectangle;
  /** Polygons in pixels of the region, outside of which nothing may be seen. */
  mask: readonly Polygon[] | null;
}>;

/** `frame` is what everybody sees; the view is null where that is what the source writes. */
export function pictureView(
  source: FrameLayout,
  { mirror, rotateDegrees, region: wanted, mask }: PictureWishes,
): Readonly<{ frame: FrameLayout; view: PictureView | null }> {
  const upright = rotateDegrees % 180 === 0 ? source : { width: source.height, height: source.width };
  const across = evenSpan(wanted?.x ?? 0, wanted?.width ?? 1, upright.width);
  const down = evenSpan(wanted?.y ?? 0, wanted?.height ?? 1, upright.height);
  const region = { x: across.from, y: down.from, width: across.length, height: down.length };
  const isWhole = region.width === upright.width && region.height === upright.height;
  if (isWhole && rotateDegrees === 0 && !mirror && mask === null) return { frame: source, view: null };
  const polygons = mask?.map((polygon) => {
    return polygon.map(([x, y]) => [x * upright.width - region.x, y * upright.height - region.y] as const);
  });
  return {
    frame: { width: region.width, height: region.height, strideBytes: region.width },
    view: { source, rotateDegrees, mirror, region, mask: polygons ?? null },
  };
}

/** `size` is even. */
function evenSpan(fromShare: number, share: number, size: number): Readonly<{ from: number; length: number }> {
  const from = 2 * Math.round((fromShare * size) / 2);
  const to = 2 * Math.round(((fromShare + share) * size) / 2);
  return { from, length: Math.max(2, to - from) };
}
