// Tells from the keypoints of a face where it looks: attending means turned to the screen.
import type { Keypoints } from '../observation/observation.ts';

/**
 * How far off the middle of the eyes the nose appears at a turn of 45 degrees, in eye distances as they appear.
 * Measured on films and 263 photographs against a net for head poses: docs/decisions/0009-attention-from-keypoints.md.
 */
export const NOSE_REACH = 0.8;

/** True when the face is turned by at most `maxYawDegrees`; without keypoints a detected face is a frontal face. */
export function isAttending(keypoints: Keypoints | null, maxYawDegrees: number): boolean {
  return keypoints === null || Math.abs(yawDegrees(keypoints)) <= maxYawDegrees;
}

/**
 * Turn of the head about its vertical axis in degrees, -90..90; 0 is straight into the camera.
 * The nose moves across the line between the eyes by the sine of the turn while the eyes draw together by its cosine, so
 * that what is seen is the tangent. The roll is removed by measuring along the line of the eyes.
 */
export function yawDegrees({ rightEye, leftEye, nose }: Keypoints): number {
  const eyesX = leftEye.x - rightEye.x;
  const eyesY = leftEye.y - rightEye.y;
  const squared = eyesX * eyesX + eyesY * eyesY;
  if (squared === 0) return 90;
  const along = ((nose.x - rightEye.x) * eyesX + (nose.y - rightEye.y) * eyesY) / squared;
  return (Math.atan((along - 0.5) / NOSE_REACH) * 180) / Math.PI;
}
