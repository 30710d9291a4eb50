// Chooses the size of the picture that a single-shot detector is shown.
import type { SsdSpec } from '../../models/net-schema.ts';
import type { FrameSize } from './detector.ts';

/**
 * The shorter side is never below the height: on 256 pixels and less, the last layers of the mended net have nothing to work
 * on. A larger `farWidth` shows it smaller faces.
 */
export function ssdInput(
  frame: FrameSize,
  { height, keepAspect }: SsdSpec['geometry'],
  farWidth: number | null,
): FrameSize {
  if (!keepAspect) return { width: height, height };
  const scale = Math.max(height / Math.min(frame.width, frame.height), (farWidth ?? 0) / frame.width);
  return { width: Math.round(frame.width * scale), height: Math.round(frame.height * scale) };
}
