// The service of the package: whether it is there and runs, how it is started, and who may read its configuration.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { INSTALLED_CONFIG } from '../daemon/installation.ts';

export type Ran = Readonly<{ code: number; said: string }>;
export type Run = (program: string, args: readonly string[]) => Promise<Ran>;

export type ServiceState = Readonly<
  | { kind: 'running' | 'stopped' }
  /** `reason` says why it cannot be started from here. */
  | { kind: 'none'; reason: string }
>;

export const SERVICE = 'onlooker.service';
const GROUP = 'onlooker';
/** It exists where systemd is what booted the system: sd_booted(3). */
const BOOTED = '/run/systemd/system';
/** Longer than systemd waits for the start (TimeoutStartSec of the unit), so that its reason is heard. */
const PATIENCE_MS = 150_000;

/** Of the service that reads this configuration. */
export async function serviceState(configPath: string, run: Run, booted = BOOTED): Promise<ServiceState> {
  if (configPath !== INSTALLED_CONFIG) return none(`the service reads ${INSTALLED_CONFIG}, not this file`);
  if (!existsSync(booted)) return none('this system was not booted by systemd');
  if ((await run('systemctl', ['cat', SERVICE])).code !== 0) return none(`${SERVICE} is not installed`);
  const { code } = await run('systemctl', ['is-active', '--quiet', SERVICE]);
  return { kind: code === 0 ? 'running' : 'stopped' };
}

/** Now and from the next start of the system on; returns why it did not start, or null. */
export async function startService(state: 'running' | 'stopped', run: Run): Promise<string | null> {
  const enabled = await run('systemctl', ['enable', SERVICE]);
  if (enabled.code !== 0) return enabled.said.trim();
  const started = await run('systemctl', [state === 'running' ? 'restart' : 'start', SERVICE]);
  return started.code === 0 ? null : started.said.trim();
}

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

/** Runs a program to its end; one that is not installed ends with 127, as in a shell. */
export const runHere: Run = (program, args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, said: stdout + stderr });
    });
  });

function none(reason: string): ServiceState {
  return { kind: 'none', reason };
}
