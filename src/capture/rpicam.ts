// A camera at the CSI connector of a Raspberry Pi as a source.
import type { NumberedCamera } from './camera-name.ts';
import { CaptureError } from './capture-error.ts';
import { CAMERA_FLOW, framesAsked } from './frame-flow.ts';
import { firstInstalled, type IsInstalled } from './installed.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

/** rpicam-vid was called libcamera-vid until bookworm; raspivid is the program of the legacy camera stack. */
const PROGRAMS = ['rpicam-vid', 'libcamera-vid', 'raspivid'] as const;

/** The image processor of the Pi writes rows of whole 64 bytes, the one behind raspivid of 32, and 16 rows at a time. */
const ROW_STEP = 64;
const LEGACY_ROW_STEP = 32;
const LEGACY_HEIGHT_STEP = 16;

/** Of the mains that the lamps hang on: they flicker twice in a period. */
const FLICKER_PERIODS = { 50: '10000us', 60: '8333us' } as const;

export function rpicamSource(name: NumberedCamera, options: CaptureOptions, isInstalled: IsInstalled): CaptureSource {
  const program = firstInstalled(PROGRAMS, isInstalled);
  if (program === null) {
    throw new CaptureError(
      `No program for the camera of the Pi is installed (${PROGRAMS.join(', ')}). Run apt-get install rpicam-apps.`,
    );
  }
  return {
    kind: 'rpicam',
    label: `camera ${name.camera}`,
    program,
    ...(program === 'raspivid' ? legacyRun(name.index, options) : run(name.index, options)),
    ...CAMERA_FLOW,
  };
}

type Run = Omit<CaptureSource, 'kind' | 'label' | 'program' | keyof typeof CAMERA_FLOW>;

function run(index: number, options: CaptureOptions): Run {
  const { width, height, fps, exposure } = options;
  return {
    ...framesAsked(options),
    frame: { width, height, strideBytes: roundUp(width, ROW_STEP) },
    args: [
      ...['-t', '0', '-n', '-v', '0', '--camera', String(index)],
      ...['--width', String(width), '--height', String(height), '--framerate', String(fps)],
      ...exposureArgs(exposure),
      ...['--codec', 'yuv420', '--flush', '-o', '-'],
    ],
  };
}

/** Also those of rpicam-still, which are the same. */
export function exposureArgs({ flickerHz, backlight }: CaptureOptions['exposure']): readonly string[] {
  return [
    ...(flickerHz === null ? [] : ['--flicker-period', FLICKER_PERIODS[flickerHz]]),
    // Of modes rpicam-vid knows normal, sport and long, none for light from behind: a stop more brings faces out of the dark.
    ...(backlight ? ['--ev', '1'] : []),
  ];
}

function legacyRun(index: number, options: CaptureOptions): Run {
  const { width, height, exposure } = options;
  if (height % LEGACY_HEIGHT_STEP !== 0) {
    const fitting = Math.max(1, Math.round(height / LEGACY_HEIGHT_STEP)) * LEGACY_HEIGHT_STEP;
    throw new CaptureError(
      `raspivid gives frames whose height is a multiple of ${LEGACY_HEIGHT_STEP}, and ${height} is none: ` +
        `set source.height to ${fitting}, or install rpicam-apps.`,
    );
  }
  // It reads a whole number.
  const fps = Math.max(1, Math.round(options.fps));
  return {
    ...framesAsked({ ...options, fps }),
    frame: { width, height, strideBytes: roundUp(width, LEGACY_ROW_STEP) },
    args: [
      ...['-t', '0', '-n', '-cs', String(index), '-w', String(width), '-h', String(height), '-fps', String(fps)],
      ...(exposure.flickerHz === null ? [] : ['-fli', `${exposure.flickerHz}hz`]),
      ...(exposure.backlight ? ['-ex', 'backlight'] : []),
      // It always compresses as well; only the raw frames are wanted.
      ...['-r', '-', '-rf', 'yuv', '-o', '/dev/null'],
    ],
  };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
