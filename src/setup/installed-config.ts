// What the package says of the configuration that it brought: its first bytes, and whose group reads it.
import { INSTALLED_CONFIG } from '../daemon/installation.ts';
import type { Run } from './run-program.ts';

const GROUP = 'onlooker';

/** Number of the group that has to read this configuration; null where it is no service's, or this user may give nothing away. */
export async function serviceGroup(configPath: string, run: Run): Promise<number | null> {
  if (configPath !== INSTALLED_CONFIG || process.getuid?.() !== 0) return null;
  const { code, said } = await run('getent', ['group', GROUP]);
  const [, , number] = said.split(':');
  return code === 0 && number !== undefined ? Number(number) : null;
}

/** MD5 of the configuration that the package brought; null where it is of no package. */
export async function packageDigest(configPath: string, run: Run): Promise<string | null> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: so dpkg-query(1) wants it.
  const { code, said } = await run('dpkg-query', ['--show', '--showformat=${Conffiles}', 'onlooker']);
  const line = code === 0 ? said.split('\n').find((one) => one.trim().startsWith(`${configPath} `)) : undefined;
  return line?.trim().split(' ')[1] ?? null;
}
