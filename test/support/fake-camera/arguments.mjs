// Reads the arguments of each camera program as strictly as the program does, and refuses others in its words.

/**
 * @typedef {{ width: number, height: number, fps: number, stride: number, output: number, settleMs: number | null,
 *   device: string, wantsMjpeg: boolean, lists: boolean }} Asked
 */

/** @param {string} program @param {string[]} args @returns {Asked} */
export function readArguments(program, args) {
  if (program === 'gst-launch-1.0') return gstreamer(args);
  const grammar = GRAMMARS[program];
  /** @type {Record<string, string>} */
  const given = {};
  const words = [...args];
  while (words.length > 0) {
    const word = words.shift();
    const takesValue = grammar.options[word];
    given[word] = takesValue ? words.shift() : '';
    if (takesValue === undefined || given[word] === undefined) refuse(grammar.refusal(word), grammar.refused);
  }
  return { ...NOTHING, ...grammar.read(given) };
}

const NOTHING = {
  width: 0,
  height: 0,
  fps: 30,
  stride: 0,
  output: 1,
  settleMs: null,
  device: '',
  wantsMjpeg: false,
  lists: false,
};

const up = (value, step) => Math.ceil(value / step) * step;

const LIBCAMERA_OPTIONS = {
  ...{ '-t': true, '-n': false, '-v': true, '--camera': true, '--width': true, '--height': true, '-o': true },
  ...{ '--flicker-period': true, '--ev': true },
};
const libcameraRefusal = (word) => `ERROR: *** unrecognised option '${word}' ***`;
const readVid = (given) => {
  if (given['--codec'] !== 'yuv420') refuse(`ERROR: *** Unrecognised codec ${given['--codec']} ***`, 255);
  if (given['-t'] !== '0' || given['-o'] !== '-') refuse('it would end, or write elsewhere', 255);
  const width = Number(given['--width']);
  return { width, height: Number(given['--height']), fps: Number(given['--framerate']), stride: up(width, 64) };
};
const readStill = (given) => {
  if (given['-e'] !== 'jpg' || given['-o'] !== '-') refuse('it would write no JPEG, or a file', 255);
  return { width: Number(given['--width']), height: Number(given['--height']), settleMs: Number(given['-t']) };
};

const VID = {
  options: { ...LIBCAMERA_OPTIONS, '--framerate': true, '--codec': true, '--flush': false },
  refusal: libcameraRefusal,
  refused: 255,
  read: readVid,
};
const STILL = {
  options: { ...LIBCAMERA_OPTIONS, '-e': true, '-q': true },
  refusal: libcameraRefusal,
  refused: 255,
  read: readStill,
};

const MMAL_OPTIONS = {
  '-t': true,
  '-n': false,
  '-cs': true,
  '-w': true,
  '-h': true,
  '-fli': true,
  '-ex': true,
  '-o': true,
};
const mmalRefusal = (word) => `Invalid command line option (${word})`;

const GRAMMARS = {
  'rpicam-vid': VID,
  'libcamera-vid': VID,
  'rpicam-still': STILL,
  'libcamera-still': STILL,
  raspivid: {
    options: { ...MMAL_OPTIONS, '-fps': true, '-r': true, '-rf': true },
    refusal: mmalRefusal,
    refused: 64,
    read: (given) => {
      if (given['-r'] !== '-' || given['-rf'] !== 'yuv' || given['-o'] !== '/dev/null') refuse('no raw frames', 64);
      const width = Number(given['-w']);
      return {
        width,
        height: up(Number(given['-h']), 16),
        fps: Number.parseInt(given['-fps'], 10),
        stride: up(width, 32),
      };
    },
  },
  raspistill: {
    options: { ...MMAL_OPTIONS, '-e': true, '-q': true },
    refusal: mmalRefusal,
    refused: 64,
    read: (given) => {
      if (given['-e'] !== 'jpg' || given['-o'] !== '-') refuse('it would write no JPEG, or a file', 64);
      return { width: Number(given['-w']), height: Number(given['-h']), settleMs: Number(given['-t']) };
    },
  },
  ffmpeg: {
    options: {
      ...{ '-nostdin': false, '-hide_banner': false, '-loglevel': true, '-f': true, '-input_format': true, '-i': true },
      ...{
        '-video_size': true,
        '-framerate': true,
        '-list_formats': true,
        '-fps_mode': true,
        '-enc_time_base': true,
        '-vf': true,
        '-pix_fmt': true,
        'pipe:1': false,
      },
    },
    refusal: (word) => `Unrecognized option '${word.slice(1)}'.\nError splitting the argument list: Option not found`,
    refused: 1,
    read: (given) => {
      // What comes out has the size of the last filter.
      const [width, height] = (/pad=(\d+):(\d+)/.exec(given['-vf'] ?? '')?.slice(1) ?? [0, 0]).map(Number);
      return {
        ...{ width, height, stride: width, fps: Number(given['-framerate'] ?? 30), device: given['-i'] },
        ...{ wantsMjpeg: given['-input_format'] === 'mjpeg', lists: given['-list_formats'] !== undefined },
      };
    },
  },
  'own-camera': {
    options: { '--size': true, '--rate': true, '--row-bytes': true },
    refusal: (word) => `own-camera: unknown option ${word}`,
    refused: 2,
    read: (given) => {
      const [width, height] = given['--size'].split('x').map(Number);
      return { width, height, fps: Number(given['--rate']), stride: Number(given['--row-bytes'] ?? width) };
    },
  },
};

/** Of the pipeline only what decides about the frames. */
function gstreamer(args) {
  const line = args.join(' ');
  const found = (pattern) => pattern.exec(line) ?? refuse(`WARNING: erroneous pipeline: ${pattern} is not in it`, 1);
  found(
    /^-q nvarguscamerasrc sensor-id=\d+( aeantibanding=[0-3])?( exposurecompensation=-?[\d.]+)? ! video\/x-raw\(memory:NVMM\),/,
  );
  found(/! nvvidconv left=\d+ right=\d+ top=\d+ bottom=\d+ !/);
  const [, width, height] = found(/video\/x-raw,format=I420,width=(\d+),height=(\d+)/).map(Number);
  const [, over, under] = found(/! videorate drop-only=true ! video\/x-raw,framerate=(\d+)\/(\d+) !/).map(Number);
  const [, output] = found(/! fdsink fd=(\d+)$/).map(Number);
  return { ...NOTHING, width, height, stride: width, fps: over / under, output };
}

function refuse(words, code) {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
