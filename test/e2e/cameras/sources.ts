// The cameras of the matrix: the line of the configuration for each, and what stands in for the camera.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Behavior, type CameraProgram, fakeCamera } from '../../support/fake-programs.ts';
import { freePort } from '../../support/free-port.ts';
import { startRtspServer } from '../../support/rtsp-server.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { Stage } from './cell.ts';

export type Program = 'rpicam' | 'libcamera' | 'raspivid' | 'raspistill' | 'v4l2' | 'jetson' | 'command';

type Keys = Readonly<Record<string, unknown>>;

export const PROGRAMS: Readonly<Record<Program, Readonly<{ program: CameraProgram; source: Keys }>>> = {
  rpicam: { program: 'rpicam-vid', source: { camera: 'rpicam' } },
  libcamera: { program: 'libcamera-vid', source: { camera: 'rpicam' } },
  raspivid: { program: 'raspivid', source: { camera: 'rpicam' } },
  raspistill: { program: 'raspistill', source: { camera: 'raspistill', framesPerSecond: 0.5 } },
  // Always there, so that only the program can say that the camera is not.
  v4l2: { program: 'ffmpeg', source: { camera: '/dev/null' } },
  jetson: { program: 'gst-launch-1.0', source: { camera: 'jetson' } },
  command: {
    program: 'own-camera',
    source: { command: ['own-camera', '--size', '{width}x{height}', '--rate', '{framesPerSecond}'] },
  },
};

/** In the photograph that the programs show. */
const PEOPLE = 4;

/** A program that behaves like this when it fails. */
export function programStage(name: Program, behavior: Partial<Behavior>): Stage {
  const { program, source } = PROGRAMS[name];
  const fake = fakeCamera(program);
  return {
    source,
    path: fake.path,
    people: PEOPLE,
    fail: () => fake.behave(behavior),
    heal: () => fake.behave({}),
  };
}

const USER = { username: 'screen', password: 's3cret' };

/** A network camera with a user: `gone` is switched off, `frozen` keeps its connections and sends nothing. */
export async function rtspStage(failure: 'gone' | 'frozen' | 'refuses'): Promise<Stage> {
  const port = await freePort();
  const passwordFile = join(tempFolder(), 'password');
  writeFileSync(passwordFile, USER.password);
  const start = (password = USER.password) => startRtspServer({ port, user: { ...USER, password } });
  let server = await start();
  const restarted = async (password?: string) => {
    await server.kill();
    server = await start(password);
  };
  const play = {
    gone: { fail: () => server.kill(), heal: () => restarted() },
    frozen: { fail: () => server.freeze(), heal: () => server.thaw() },
    refuses: { fail: () => restarted('another'), heal: () => restarted() },
  };
  const input = `rtsp://127.0.0.1:${port}/cam`;
  return {
    source: { input, username: USER.username, passwordFile },
    path: process.env['PATH'] ?? '',
    people: 0,
    ...play[failure],
  };
}
