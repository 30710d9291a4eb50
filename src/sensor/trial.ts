// The program that tries OpenCV and the nets for onlooker doctor, under the same permissions as the sensor; it sees no camera.
import { messageOf } from '../observation/message-of.ts';
import type { TrialMessage } from '../observation/trial-message.ts';

for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);

try {
  // Imported only here, so that an addon that cannot be loaded is told like everything else.
  const { timeNets } = await import('./time-nets.ts');
  await timeNets(process.argv[2], tell);
} catch (error) {
  tell({ kind: 'failed', message: messageOf(error) });
}

function tell(message: TrialMessage): void {
  process.send?.(message);
}
