// Tells from the keypoints of a face where it looks: attending means turned to the screen.
import type { Keypoints } from '../observation/observation.ts';

/** True when the face is turned by at most `maxYawDegrees`; without keypoints a detected face is a frontal face. */
export function isAttending(keypoints: Keypoints | null, maxYawDegrees: number): boolean {
  return keypoints === null || Math.abs(yawDegrees(keypoints)) <= maxYawDegrees;
}

/**
 * Turn of the head about its vertical axis in degrees, -90..90; 0 is straight into the camera.
 * The nose moves across the line between the eyes by the sine of the turn; at 90 degrees it lies 0.45 eye distances off
 * the middle. The roll is removed by measuring along the line of the eyes.
 */
export function yawDegrees({ rightEye, leftEye, nose }: Keypoints): number {
  const eyesX = leftEye.x - rightEye.x;
  const eyesY = leftEye.y - rightEye.y;
  const squared = eyesX * eyesX + eyesY * eyesY;
  if (squared === 0) return 90;
  const along = ((nose.x - rightEye.x) * eyesX + (nose.y - rightEye.y) * eyesY) / squared;
  const sine = Math.min(1, Math.max(-1, (2 * (along - 0.5)) / 0.9));
  return (Math.asin(sine) * 180) / Math.PI;
}
