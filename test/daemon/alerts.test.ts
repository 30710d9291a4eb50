// Every alert begins once and ends once, however the fault flickers meanwhile.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_NAMES, type AlertName } from '../../src/contract/alerts.ts';
import { type Alerts, NO_ALERTS, noticeAlerts } from '../../src/daemon/alerts.ts';

const active = (...names: AlertName[]) => new Map(names.map((name) => [name, `it is ${name}`]));

describe('an alert', () => {
  it('begins once, and ends when the camera is well', () => {
    const began = noticeAlerts(NO_ALERTS, active('hung'), false, 1000);
    expect(began.changed).toEqual([{ name: 'hung', since: 1000, until: null, detail: 'it is hung' }]);
    const lasts = noticeAlerts(began.alerts, active('hung'), false, 2000);
    expect(lasts.changed).toEqual([]);
    const ended = noticeAlerts(lasts.alerts, active(), true, 3000);
    expect(ended.changed).toEqual([{ name: 'hung', since: 1000, until: 3000, detail: 'it is hung' }]);
    expect(ended.alerts.size).toBe(0);
  });

  it('of a camera outlasts the attempts to cure it', () => {
    const began = noticeAlerts(NO_ALERTS, active('frozen'), false, 0);
    const restarted = noticeAlerts(began.alerts, active('sensor'), false, 1000);
    expect([...restarted.alerts.keys()]).toEqual(['sensor', 'frozen']);
    expect(noticeAlerts(restarted.alerts, active(), true, 9000).changed.map(({ name }) => name)).toEqual([
      'sensor',
      'frozen',
    ]);
  });

  it('of the device does not wait for the camera', () => {
    const began = noticeAlerts(NO_ALERTS, active('half-rate', 'storage'), false, 0);
    expect(noticeAlerts(began.alerts, active(), false, 1000).changed).toHaveLength(2);
  });

  it('is told again when its words change', () => {
    const began = noticeAlerts(NO_ALERTS, new Map([['half-rate', '81 °C']]), true, 0);
    const again = noticeAlerts(began.alerts, new Map([['half-rate', '82 °C']]), true, 500);
    expect(again.changed).toEqual([{ name: 'half-rate', since: 0, until: null, detail: '82 °C' }]);
  });

  it('that is told to begin is told to end, whatever happens in between', () => {
    const step = fc.tuple(fc.subarray([...ALERT_NAMES]), fc.boolean());
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let alerts: Alerts = NO_ALERTS;
        const open = new Set<AlertName>();
        [...steps, [[], true] as const].forEach(([names, isWell], index) => {
          const noticed = noticeAlerts(alerts, active(...names), isWell, index);
          alerts = noticed.alerts;
          for (const { name, until } of noticed.changed) {
            if (until === null) open.add(name);
            else expect(open.delete(name)).toBe(true);
          }
        });
        expect(open.size).toBe(0);
      }),
    );
  });
});
