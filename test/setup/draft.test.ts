// Whether the camera of the answers may be in the hands of the service that runs.
import { expect, it } from 'vitest';
import type { Answers } from '../../src/setup/answers.ts';
import { mayBeHeld } from '../../src/setup/draft.ts';

const CAMERA = 'rtsp://camera.local/one';
const OTHER = 'rtsp://camera.local/two';

it.each<[string | null, string | null, string | null, string | null, boolean]>([
  ['/dev/video0', null, '/dev/video0', null, true],
  ['/dev/v4l/by-id/usb-Maker-video-index0', null, '/dev/video0', null, true],
  [null, CAMERA, null, CAMERA, true],
  [null, OTHER, null, CAMERA, false],
  [null, CAMERA, '/dev/video0', null, false],
  ['/dev/video0', null, null, CAMERA, false],
])('camera %s or input %s, while it measures with %s or %s: %s', (camera, input, heldCamera, heldInput, held) => {
  expect(mayBeHeld(answers(camera, input), answers(heldCamera, heldInput))).toBe(held);
});

function answers(camera: string | null, input: string | null): Answers {
  return {
    source: { camera, input, login: null },
    ...{ fieldOfViewDegrees: null, distanceMeters: 2, broker: { url: null, login: null } },
    ...{ estimatesAgeAndGender: true, minorsGate: true, k: 1, site: null, screen: null, timezone: null },
  };
}
