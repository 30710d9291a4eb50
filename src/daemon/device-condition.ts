// Reads how hot the device is and whether it is throttled or short of power, where its kernel tells.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Null where the device does not tell. */
export type DeviceCondition = Readonly<{
  /** Of the hottest sensor of the processor. */
  temperatureCelsius: number | null;
  /** Whether the processor is slowed down at this moment. */
  throttled: boolean | null;
  undervoltage: boolean | null;
}>;

/** Bits of the firmware of the Raspberry Pi (vcgencmd get_throttled): what holds now, not what ever happened. */
const UNDERVOLTAGE = 0x1;
const FREQUENCY_CAPPED = 0x2;
const THROTTLED = 0x4;
const SOFT_LIMIT = 0x8;

const PI_FIRMWARE = 'devices/platform/soc/soc:firmware/get_throttled';
const PROCESSOR_ZONE = /cpu|soc|pkg|acpitz/i;

/** `root` is /sys. */
export function readDeviceCondition(root: string): DeviceCondition {
  const bits = piBits(root);
  return {
    temperatureCelsius: temperature(root),
    throttled: bits === null ? null : (bits & (FREQUENCY_CAPPED | THROTTLED | SOFT_LIMIT)) !== 0,
    undervoltage: bits === null ? undervoltageAlarm(root) : (bits & UNDERVOLTAGE) !== 0,
  };
}

function piBits(root: string): number | null {
  const text = read(join(root, PI_FIRMWARE));
  return text !== null && /^(0x)?[\da-f]+$/i.test(text) ? Number.parseInt(text, 16) : null;
}

/** Zones tell thousandths of a degree; one that is off fails to be read or tells nonsense. */
function temperature(root: string): number | null {
  const celsius = entries(root, 'class/thermal')
    .filter((zone) => PROCESSOR_ZONE.test(read(join(zone, 'type')) ?? ''))
    .map((zone) => Number(read(join(zone, 'temp')) ?? Number.NaN) / 1000)
    .filter((degrees) => degrees > -50 && degrees < 200);
  return celsius.length === 0 ? null : Math.max(...celsius);
}

/** Kernels of the Raspberry Pi watch the voltage with the driver rpi_volt. */
function undervoltageAlarm(root: string): boolean | null {
  const monitor = entries(root, 'class/hwmon').find((entry) => read(join(entry, 'name')) === 'rpi_volt');
  const alarm = monitor === undefined ? null : read(join(monitor, 'in0_lcrit_alarm'));
  return alarm === null ? null : alarm !== '0';
}

function entries(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder)).map((name) => join(root, folder, name));
  } catch {
    return []; // a machine without such sensors, as virtual ones are
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null; // the kernel has no such file, or its sensor is off
  }
}
