// A camera at the CSI connector of a Jetson as a source, ended gently so that the camera can be used again.
import type { NumberedCamera } from './camera-name.ts';
import { CaptureError } from './capture-error.ts';
import { dyingWithUs } from './child-program.ts';
import { CAMERA_FLOW, framesAsked } from './frame-flow.ts';
import type { FrameSize } from './frame-size.ts';
import type { IsInstalled } from './installed.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

const GST_LAUNCH = 'gst-launch-1.0';

/** Every sensor has a mode for one of them; the image processor scales. */
const SENSOR_SIZES: readonly FrameSize[] = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
const LARGEST_SIZE: FrameSize = { width: 1920, height: 1080 };
/** At a lower one exposures get longer, and faces that move are blurred. */
const SENSOR_FRAMES_PER_SECOND = 30;

/** Of GstNvArgusCamAeAntiBandingMode, as gst-inspect-1.0 nvarguscamerasrc lists it. */
const ANTIBANDING_MODES = { 50: 2, 60: 3 } as const;

/**
 * nvargus-daemon keeps the camera of a client that is killed, until it is restarted itself. So gst-launch gets a SIGINT first,
 * whether the supervisor is told to end or its parent has died, and SIGKILL only when it does not heed that. It reports what it
 * does, and failures, on its standard output: the frames go another way, to descriptor 3.
 */
const SUPERVISOR = [
  '"$@" 3>&1 1>&2 &',
  'gst=$!',
  'end() {',
  // Whatever happens to the supervisor, nobody waits on; and it holds none of the descriptors that a reader waits to see closed.
  `  { ${dyingWithUs('sleep', ['3']).flat().join(' ')} && kill -KILL "$gst"; } >/dev/null 2>&1 &`,
  '  patience=$!',
  '  kill -INT "$gst"',
  '  trap "" TERM INT',
  '}',
  'trap end TERM INT',
  // A signal interrupts a wait.
  'wait "$gst"; code=$?',
  'while kill -0 "$gst" 2>/dev/null; do wait "$gst"; code=$?; done',
  '[ -z "$patience" ] || kill -KILL "$patience"',
  'exit "$code"',
].join('\n');

export function jetsonSource(name: NumberedCamera, options: CaptureOptions, isInstalled: IsInstalled): CaptureSource {
  if (!isInstalled(GST_LAUNCH)) {
    throw new CaptureError(
      `${GST_LAUNCH} is not installed. Run apt-get install gstreamer1.0-tools; nvarguscamerasrc comes with JetPack.`,
    );
  }
  return {
    kind: 'jetson',
    label: `camera ${name.camera}`,
    program: 'sh',
    args: ['-c', SUPERVISOR, 'onlooker-jetson', ...dyingWithUs(GST_LAUNCH, pipeline(name.index, options)).flat()],
    ...framesAsked(options),
    ...CAMERA_FLOW,
    stopSignal: 'SIGINT',
    deathSignal: 'TERM',
  };
}

function pipeline(index: number, { width, height, fps, exposure }: CaptureOptions): readonly string[] {
  const sensor = SENSOR_SIZES.find((size) => size.width >= width && size.height >= height) ?? LARGEST_SIZE;
  const elements = [
    ['nvarguscamerasrc', `sensor-id=${index}`, ...exposureProperties(exposure)],
    [
      `video/x-raw(memory:NVMM),width=${sensor.width},height=${sensor.height},framerate=${SENSOR_FRAMES_PER_SECOND}/1,format=NV12`,
    ],
    ['nvvidconv', ...cropProperties(sensor, { width, height })],
    [`video/x-raw,format=I420,width=${width},height=${height}`],
    ['videorate', 'drop-only=true'],
    [`video/x-raw,framerate=${Math.round(fps * 1000)}/1000`],
    ['fdsink', 'fd=3'],
  ];
  return ['-q', ...elements.flatMap((element, place) => (place === 0 ? element : ['!', ...element]))];
}

function exposureProperties({ flickerHz, backlight }: CaptureOptions['exposure']): readonly string[] {
  return [
    ...(flickerHz === null ? [] : [`aeantibanding=${ANTIBANDING_MODES[flickerHz]}`]),
    // In stops: it has no mode for light from behind.
    ...(backlight ? ['exposurecompensation=1'] : []),
  ];
}

/**
 * The largest part of the middle that has the shape of the frame, since faces that are squeezed are found less well. The
 * properties are the places of the edges, other than their descriptions say (NVIDIA, Accelerated GStreamer, "Video Cropping").
 */
function cropProperties(sensor: FrameSize, frame: FrameSize): readonly string[] {
  const width = Math.min(sensor.width, wholeFours((sensor.height * frame.width) / frame.height));
  const height = Math.min(sensor.height, wholeFours((sensor.width * frame.height) / frame.width));
  const left = (sensor.width - width) / 2;
  const top = (sensor.height - height) / 2;
  return [`left=${left}`, `right=${left + width}`, `top=${top}`, `bottom=${top + height}`];
}

/** So that both margins are even, as NV12 needs it. */
function wholeFours(value: number): number {
  return 4 * Math.round(value / 4);
}
