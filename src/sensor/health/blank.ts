// Notices that the camera shows nothing: the dark, or the lens is covered.
import type { Glimpse } from '../glimpse.ts';
import { type Lasting, lastedMs, lasting } from './lasting.ts';

export type Blank = Readonly<{ nothing: Lasting; isDark: boolean }>;

export const NOT_BLANK: Blank = { nothing: null, isDark: false };

const BLANK_AFTER_MS = 60_000;
const DARK_LUMA = 6;
const FLAT_DEVIATION = 3;
/** Black in the video range (ITU-R BT.601), in which ffmpeg and cameras of the Pi write. */
const VIDEO_BLACK = 16;
/** What has been blank so far must get that much better, or it would come and go at the limit. */
const LEAVING = 4 / 3;

export function noticeBlank(before: Blank, { luma, lumaDeviation }: Glimpse, at: number): Blank {
  const factor = before.nothing === null ? 1 : LEAVING;
  const isFlat = lumaDeviation < FLAT_DEVIATION * factor;
  const darkBelow = DARK_LUMA * (before.isDark ? LEAVING : 1);
  const isDark = luma < darkBelow || (isFlat && luma < VIDEO_BLACK + darkBelow);
  return { nothing: lasting(before.nothing, isDark || isFlat, at), isDark };
}

export function blankWord({ nothing, isDark }: Blank): 'ok' | 'suspect' | 'dark' | 'covered' {
  if (nothing === null) return 'ok';
  if (lastedMs(nothing) < BLANK_AFTER_MS) return 'suspect';
  return isDark ? 'dark' : 'covered';
}
