// Programs that are asked know nothing of the socket of systemd, where they would speak in the name of the daemon.
import { expect, test, vi } from 'vitest';
import { machineOf } from './machine.ts';

test('a program that is asked does not know where systemd listens', async () => {
  vi.stubEnv('NOTIFY_SOCKET', '/run/systemd/notify');
  const machine = machineOf({ programs: { timedatectl: 'echo "socket: $NOTIFY_SOCKET"' } });
  expect(await machine.ask('timedatectl', [])).toBe('socket: \n');
});
