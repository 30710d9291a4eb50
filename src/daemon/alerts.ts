// Keeps the alerts: each begins once, is told again only when its words change, and ends when its reason has gone.
import type { AlertName } from '../contract/alerts.ts';

/** Unix time. `until` is null while it lasts. */
export type Alert = Readonly<{ name: AlertName; since: number; until: number | null; detail: string }>;

export type Alerts = ReadonlyMap<AlertName, Alert>;

export const NO_ALERTS: Alerts = new Map();

/**
 * `active` holds what is wrong at the moment with its words. What is wrong with the camera stays an alert until it sees well
 * again (`cameraIsWell`): while a restart is tried the reason is not visible, and not gone either.
 */
export function noticeAlerts(
  before: Alerts,
  active: ReadonlyMap<AlertName, string>,
  cameraIsWell: boolean,
  wallAt: number,
): Readonly<{ alerts: Alerts; changed: readonly Alert[] }> {
  const alerts = new Map<AlertName, Alert>();
  const changed: Alert[] = [];
  for (const [name, detail] of active) {
    const known = before.get(name);
    const alert = { name, since: known?.since ?? wallAt, until: null, detail };
    if (known?.detail !== detail) changed.push(alert);
    alerts.set(name, alert);
  }
  for (const alert of before.values()) {
    if (active.has(alert.name)) continue;
    if (!cameraIsWell && !OF_THE_DEVICE.includes(alert.name)) alerts.set(alert.name, alert);
    else changed.push({ ...alert, until: wallAt });
  }
  return { alerts, changed };
}

const OF_THE_DEVICE: readonly AlertName[] = ['half-rate', 'storage', 'outbox'];
