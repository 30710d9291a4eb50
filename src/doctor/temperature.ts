// Checks whether the device is hot, slowed down or short of power.
import type { DeviceCondition } from '../daemon/device-condition.ts';
import { COOL, noticeHeat } from '../daemon/eye/heat.ts';
import { type Finding, ok, warn } from './finding.ts';

export function judgeTemperature(condition: DeviceCondition): Finding {
  const { temperatureCelsius, throttled, undervoltage } = condition;
  const degrees = temperatureCelsius === null ? 'temperature unknown' : `${Math.round(temperatureCelsius)} °C`;
  const trouble = noticeHeat(COOL, condition, 0).detail;
  if (trouble !== null) return warn('temperature', `${degrees}, ${trouble}`, REMEDY);
  const isTold = throttled !== null || undervoltage !== null;
  const power = isTold ? 'neither slowed down nor short of power' : 'whether it is slowed down it does not tell';
  return ok('temperature', `${degrees}, ${power}`);
}

const REMEDY = 'cool it, and use the power supply that belongs to it; until then the frame rate is halved';
