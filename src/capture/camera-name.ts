// What the name of a camera means: a camera with a number behind the programs of the Pi or the Jetson, or a device.

/** One of the cameras that are numbered, with the name it was given by. */
export type NumberedCamera = Readonly<{ kind: 'rpicam' | 'raspistill' | 'jetson'; camera: string; index: number }>;

export type CameraName = NumberedCamera | Readonly<{ kind: 'v4l2'; device: string }>;

const NUMBERED = /^(rpicam|raspistill|jetson)(?::(\d))?$/;

/** Without a number the first camera is meant. */
export function parseCameraName(camera: string): CameraName {
  const [, kind, index = '0'] = NUMBERED.exec(camera) ?? [];
  switch (kind) {
    case 'rpicam':
    case 'raspistill':
    case 'jetson':
      return { kind, camera, index: Number(index) };
    default:
      return { kind: 'v4l2', device: camera };
  }
}
