// What dpkg is asked about the configuration of the package.
import { expect, it } from 'vitest';
import { INSTALLED_CONFIG } from '../../src/daemon/installation.ts';
import { packageDigest } from '../../src/setup/installed-config.ts';
import type { Run } from '../../src/setup/run-program.ts';

it('the package tells what it brought', async () => {
  const dpkg: Run = async () => ({ code: 0, said: ` ${INSTALLED_CONFIG} 0123456789abcdef\n /etc/other 99` });
  expect(await packageDigest(INSTALLED_CONFIG, dpkg)).toBe('0123456789abcdef');
  expect(await packageDigest('/home/mine.yaml', dpkg)).toBeNull();
  expect(await packageDigest(INSTALLED_CONFIG, async () => ({ code: 1, said: 'no packages found' }))).toBeNull();
});
