// Names every alert and says what it means; the faults of cameras and of the daemon itself share one list.
import type { Fault } from '../observation/fault.ts';

export type AlertName = Fault | 'half-rate' | 'storage' | 'outbox';

export const ALERTS: Readonly<Record<AlertName, string>> = {
  absent: 'There is no camera, or it was unplugged.',
  busy: 'Another program uses the camera.',
  refused: 'The camera refuses user name or password.',
  unresolved: 'The name of the camera is known to no name server.',
  unreachable: 'Nobody answers at the address of the camera.',
  silent: 'The camera takes the connection and sends nothing.',
  hung: 'The camera stopped sending frames.',
  broken: 'The capture program ended for another reason.',
  sensor: 'The sensor process failed.',
  dark: 'The picture has been black for a minute.',
  covered: 'The picture has shown a plain surface for a minute.',
  frozen: 'The picture has not changed at all for half a minute, not even by the noise of a sensor.',
  blurred: 'The picture has been much less sharp than usual for a minute.',
  garbled: 'The frames have nothing to do with each other.',
  'too-fast': 'Frames come more than three times as fast as they were asked for.',
  moved: 'The camera has shown another scene for a minute; the audience is still counted.',
  'too-slow': 'Less than half of the frames come; the audience is still counted.',
  'half-rate':
    'The device is hot or weakly powered; the frame rate is halved, where the source has another, so that it can recover.',
  storage: 'The database cannot be written.',
  outbox: 'No broker has taken the rollups for so long that the oldest were given up.',
};

// Object.keys forgets the type of the keys; the record above has no others.
export const ALERT_NAMES = Object.keys(ALERTS) as readonly AlertName[];
