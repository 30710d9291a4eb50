// What the doctor finds: one line for each check, with the remedy where something is not as it should be.

export type CheckName =
  | 'configuration'
  | 'system'
  | 'node'
  | 'clock'
  | 'temperature'
  | 'disk'
  | 'permissions'
  | 'database'
  | 'broker'
  | 'models'
  | 'licenses'
  | 'privacy'
  | 'opencv'
  | 'speed'
  | 'camera';

/** `fail` keeps Onlooker from measuring, storing or publishing; `warn` is what somebody should know. */
export type Finding = Readonly<
  { check: CheckName; detail: string } & ({ state: 'ok'; remedy: null } | { state: 'warn' | 'fail'; remedy: string })
>;

export function ok(check: CheckName, detail: string): Finding {
  return { check, state: 'ok', detail, remedy: null };
}

export function warn(check: CheckName, detail: string, remedy: string): Finding {
  return { check, state: 'warn', detail, remedy };
}

export function fail(check: CheckName, detail: string, remedy: string): Finding {
  return { check, state: 'fail', detail, remedy };
}
