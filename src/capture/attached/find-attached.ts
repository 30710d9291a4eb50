// Finds the cameras that are attached to this machine, with what each can do and how it is named in the configuration.
import { accessSync, constants } from 'node:fs';
import type { AttachedCamera, Machine } from './attached-camera.ts';
import { piCameras } from './pi-cameras.ts';
import { sensorSizes, v4l2Sizes } from './v4l2-formats.ts';
import { type V4l2Node, v4l2Nodes } from './v4l2-nodes.ts';

/** Parts of the Pi that are devices, too: what is behind them is listed by its own program. */
const PI_PARTS = /^(bcm2835-(codec|isp)|unicam|rp1-cfe|pispbe|rpivid|rpi-hevc)/;
/** Sensors behind the image processor of a Jetson, such as `vi-output, imx219 9-0010`; nvargus numbers them in this order. */
const JETSON_SENSOR = /^vi-output, (\S+)/;

export async function findAttached(machine: Machine): Promise<readonly AttachedCamera[]> {
  const nodes = v4l2Nodes(machine).filter(({ name }) => !PI_PARTS.test(name));
  const sensors = nodes.filter(({ name }) => JETSON_SENSOR.test(name));
  const others = nodes.filter((node) => !sensors.includes(node));
  return [
    ...(await piCameras(machine)),
    ...(await Promise.all(sensors.map((node, index) => jetsonCamera(node, index, machine)))),
    ...(await Promise.all(others.map((node) => v4l2Camera(node, machine)))).filter((camera) => camera !== null),
  ];
}

async function jetsonCamera(node: V4l2Node, index: number, machine: Machine): Promise<AttachedCamera> {
  const [, name = node.name] = JETSON_SENSOR.exec(node.name) ?? [];
  const sizes = await sensorSizes(node.device, machine);
  const camera = index === 0 ? 'jetson' : `jetson:${index}`;
  return { kind: 'jetson', name, camera, device: node.device, sizes, problem: null };
}

/** Null where the device gives no pictures: a camera often has a second one for what it says about them. */
async function v4l2Camera({ name, device, link }: V4l2Node, machine: Machine): Promise<AttachedCamera | null> {
  const camera = { kind: 'v4l2', name, camera: link ?? device, device, sizes: [] } as const;
  if (!isOurs(device)) {
    return { ...camera, problem: 'it may not be opened: add yourself to the group video (usermod -aG video NAME)' };
  }
  const sizes = await v4l2Sizes(device, machine);
  if (sizes === null) return { ...camera, problem: 'its sizes are unknown: run apt-get install ffmpeg' };
  return sizes.length === 0 ? null : { ...camera, sizes, problem: null };
}

/** Whether this user may open it; it is not opened. */
export function isOurs(device: string): boolean {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false; // of somebody else
  }
}
