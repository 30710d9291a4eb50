// onlooker cameras: what an installer reads, what a script gets, and what helps where nothing is found.
import { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Machine } from '../../src/capture/attached/attached-camera.ts';
import { addCamerasCommand } from '../../src/cli/cameras.ts';
import { machineOf, saying } from '../capture/attached/machine.ts';
import { fakeCamera } from '../support/fake-programs.ts';
import { divert } from '../support/run-in-process.ts';

const HELLO = `Available cameras
-----------------
0 : imx219 [3280x2464] (/base/soc/i2c0mux/i2c@1/imx219@10)
    Modes: 'SRGGB8' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]
`;

test('each camera with its sizes, rates and line of the configuration', async () => {
  const webcam = fakeCamera('ffmpeg');
  const machine = machineOf({
    nodes: { video0: 'HD Pro Webcam C920' },
    links: { 'usb-046d_C920-video-index0': 'video0' },
    programs: { 'rpicam-hello': saying(HELLO), ffmpeg: `exec ${webcam.folder}/ffmpeg "$@"` },
  });
  const { devFolder } = machine;
  expect(await run(machine)).toEqual({
    code: 0,
    stdout: [
      'imx219',
      '  640x480 or smaller at 206.65 frames per second',
      '  source: {camera: rpicam}',
      '',
      `HD Pro Webcam C920 (${devFolder}/video0)`,
      '  1920x1080',
      '  1280x720',
      '  640x480',
      `  source: {camera: ${devFolder}/v4l/by-id/usb-046d_C920-video-index0}`,
      '',
      'Put one of the lines into the configuration, or name the camera with --camera.',
      '',
    ].join('\n'),
  });
});

test('for a script', async () => {
  const { code, stdout } = await run(machineOf({ programs: { 'rpicam-hello': saying(HELLO) } }), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([
    {
      ...{ kind: 'rpicam', name: 'imx219', camera: 'rpicam', device: null, problem: null },
      sizes: [{ width: 640, height: 480, orSmaller: true, framesPerSecond: [206.65] }],
      config: 'source: {camera: rpicam}',
    },
  ]);
  expect((await run(machineOf({}), '--json')).stdout).toBe('[]\n');
});

test('where there is none it says what to do, and that is no failure', async () => {
  const { code, stdout } = await run(machineOf({}));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^No camera was found\.\n {2}USB: .*\n {2}Raspberry Pi: run apt-get install rpicam-apps/);
});

async function run(machine: Machine, ...options: readonly string[]) {
  let code = -1;
  const program = new Command('onlooker');
  addCamerasCommand(
    program,
    (exitCode) => {
      code = exitCode;
    },
    machine,
  );
  const stdout = divert(process.stdout);
  try {
    await program.parseAsync(['node', 'onlooker', 'cameras', ...options]);
  } finally {
    stdout.restore();
  }
  return { code, stdout: stdout.text() };
}
