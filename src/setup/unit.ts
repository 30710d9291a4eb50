// The service of the package: whether it is there and runs, and how it is started.
import { existsSync } from 'node:fs';
import { INSTALLED_CONFIG } from '../daemon/installation.ts';
import type { Run } from './run-program.ts';

export type ServiceState = Readonly<
  | { kind: 'running' | 'stopped' }
  /** `reason` says why it cannot be started from here. */
  | { kind: 'none'; reason: string }
>;

export const SERVICE = 'onlooker.service';
/** It exists where systemd is what booted the system: sd_booted(3). */
const BOOTED = '/run/systemd/system';

/** Of the service that reads this configuration. */
export async function serviceState(configPath: string, run: Run, booted = BOOTED): Promise<ServiceState> {
  if (configPath !== INSTALLED_CONFIG) return none(`the service reads ${INSTALLED_CONFIG}, not this file`);
  if (!existsSync(booted)) return none('this system was not booted by systemd');
  if ((await run('systemctl', ['cat', SERVICE])).code !== 0) return none(`${SERVICE} is not installed`);
  const { code } = await run('systemctl', ['is-active', '--quiet', SERVICE]);
  return { kind: code === 0 ? 'running' : 'stopped' };
}

/** Now and from the next start of the system on; returns why it did not start, or null. */
export async function startService(run: Run): Promise<string | null> {
  const enabled = await run('systemctl', ['enable', SERVICE]);
  if (enabled.code !== 0) return enabled.said.trim();
  // Also where it was stopped: meanwhile it may have begun, with what was configured before.
  const started = await run('systemctl', ['restart', SERVICE]);
  return started.code === 0 ? null : started.said.trim();
}

function none(reason: string): ServiceState {
  return { kind: 'none', reason };
}
