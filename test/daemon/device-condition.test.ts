// The condition of the device is read from files of the kernel, and unknown where there are none.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDeviceCondition } from '../../src/daemon/device-condition.ts';
import { tempFolder } from '../support/temp-folder.ts';

function sys(files: Readonly<Record<string, string>>): string {
  const root = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return root;
}

const FIRMWARE = 'devices/platform/soc/soc:firmware/get_throttled';

describe('the condition of the device', () => {
  it('is unknown where the kernel tells nothing', () => {
    expect(readDeviceCondition(tempFolder())).toEqual({
      temperatureCelsius: null,
      throttled: null,
      undervoltage: null,
    });
  });

  it('has the temperature of the hottest sensor of the processor', () => {
    const root = sys({
      'class/thermal/thermal_zone0/type': 'cpu-thermal',
      'class/thermal/thermal_zone0/temp': '61300',
      'class/thermal/thermal_zone1/type': 'x86_pkg_temp',
      'class/thermal/thermal_zone1/temp': '64000',
      'class/thermal/thermal_zone2/type': 'iwlwifi_1',
      'class/thermal/thermal_zone2/temp': '90000',
      'class/thermal/cooling_device0/type': 'Processor',
    });
    expect(readDeviceCondition(root).temperatureCelsius).toBe(64);
  });

  it.each([
    ['0', false, false],
    ['1', false, true],
    ['4', true, false],
    ['8', true, false],
    ['50000', false, false],
    ['50005', true, true],
  ])('of a Raspberry Pi heeds what holds now, in the bits %s', (bits, throttled, undervoltage) => {
    expect(readDeviceCondition(sys({ [FIRMWARE]: bits }))).toMatchObject({ throttled, undervoltage });
  });

  it('has the alarm of the voltage where only the driver tells it', () => {
    const root = sys({ 'class/hwmon/hwmon1/name': 'rpi_volt', 'class/hwmon/hwmon1/in0_lcrit_alarm': '1' });
    expect(readDeviceCondition(root)).toMatchObject({ throttled: null, undervoltage: true });
  });

  it('is unknown where a file holds nonsense', () => {
    const root = sys({
      [FIRMWARE]: 'error',
      'class/thermal/thermal_zone0/type': 'cpu-thermal',
      'class/thermal/thermal_zone0/temp': '-274000',
    });
    expect(readDeviceCondition(root)).toEqual({ temperatureCelsius: null, throttled: null, undervoltage: null });
  });
});
