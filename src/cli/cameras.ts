// onlooker cameras: lists the cameras that are attached, what they can do, and the line of the configuration for each.
import type { Command } from 'commander';
import type { AttachedCamera, CameraSize, Machine } from '../capture/attached/attached-camera.ts';
import { findAttached } from '../capture/attached/find-attached.ts';
import { machineWith } from '../capture/attached/this-machine.ts';
import { EXIT } from './exit-code.ts';
import { terminal } from './terminal.ts';
import { type Paint, painter } from './terminal-text.ts';

/** Adds the command to the table. */
export function addCamerasCommand(
  program: Command,
  done: (exitCode: number) => void,
  machine: Machine = machineWith(process.env['PATH']),
): void {
  program
    .command('cameras')
    .description(
      'list the cameras that are attached, their sizes and rates, and the line of the configuration for each',
    )
    .option('--json', 'print them as JSON')
    .action(async (options) => done(await listCameras(options, machine)));
}

async function listCameras(options: Readonly<{ json?: boolean }>, machine: Machine): Promise<number> {
  const cameras = await findAttached(machine);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(
          cameras.map((camera) => ({ ...camera, config: configLine(camera) })),
          null,
          2,
        )}\n`
      : cameraList(cameras, painter(terminal().color)),
  );
  return EXIT.ok;
}

function cameraList(cameras: readonly AttachedCamera[], paint: Paint): string {
  if (cameras.length === 0) return `${NONE_FOUND.join('\n')}\n`;
  return [
    ...cameras.flatMap((camera) => [...cameraLines(camera, paint), '']),
    'Put one of the lines into the configuration, or name the camera with --camera.',
    '',
  ].join('\n');
}

function cameraLines(camera: AttachedCamera, paint: Paint): readonly string[] {
  const { name, device, sizes, problem } = camera;
  return [
    `${paint('bold', name)}${device === null ? '' : ` (${device})`}`,
    ...sizes.map((size) => `  ${sizeText(size)}`),
    ...(problem === null ? [] : [`  ${paint('yellow', problem)}`]),
    `  ${paint('cyan', configLine(camera))}`,
  ];
}

function sizeText({ width, height, orSmaller, framesPerSecond }: CameraSize): string {
  const rates = framesPerSecond === null ? '' : ` at ${framesPerSecond.join(', ')} frames per second`;
  return `${width}x${height}${orSmaller ? ' or smaller' : ''}${rates}`;
}

function configLine({ camera }: AttachedCamera): string {
  return `source: {camera: ${camera}}`;
}

const NONE_FOUND = [
  'No camera was found.',
  '  USB: plug it in; lsusb names it where the cable is good, and dmesg says what its driver thinks of it.',
  '  Raspberry Pi: run apt-get install rpicam-apps, and check both ends of the ribbon cable with the power off.',
  '  Jetson: run sudo /opt/nvidia/jetson-io/jetson-io.py to say which camera is at the connector.',
  '  network: nothing has to be attached; source: {input: rtsp://ADDRESS/PATH}',
];
