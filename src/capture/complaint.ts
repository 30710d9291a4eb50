// Tells from the last words of a capture program what is wrong with its camera, and what helps.
import type { AwayFault } from '../observation/fault.ts';
import { withoutCredentials } from './address.ts';

export type Complaint = Readonly<{
  fault: AwayFault;
  /** The line that says it, without credentials; null where nothing was said. */
  words: string | null;
  remedy: string | null;
}>;

type Saying = Readonly<{
  fault: AwayFault;
  /** Who says it, as far as it is known. */
  by: string;
  says: RegExp;
  /** Where the one of the fault does not fit. */
  remedy?: string;
}>;

/** Of the faults that need somebody to come. */
const REMEDIES: Readonly<Partial<Record<AwayFault, string>>> = {
  absent: 'check that the camera is plugged in',
  busy: 'another program uses the camera',
  refused: 'check source.username and source.passwordFile',
  unresolved: 'check the name in source.input and the name server of this machine',
  unreachable: 'check source.input, and that the camera is switched on and in the same network',
  silent: 'restart the camera',
};

const CABLE = 'check the cable of the camera';
const PATH = 'check the path in source.input';

/** What comes first counts, since the last words are often the vaguest. */
const SAYINGS: readonly Saying[] = [
  { fault: 'broken', by: 'setpriv', says: /failed to execute .+: No such file or directory/, remedy: 'install it' },
  { fault: 'refused', by: 'ffmpeg (rtsp, http)', says: /\b(401 Unauthorized|403 Forbidden)/ },
  { fault: 'absent', by: 'ffmpeg (rtsp, http)', says: /\b404 Not Found/, remedy: PATH },
  { fault: 'busy', by: 'ffmpeg (rtsp)', says: /\b453 ?Not Enough Bandwidth/, remedy: 'it has too many viewers' },
  { fault: 'busy', by: 'ffmpeg 7 (http)', says: /\b429 Too Many Requests/, remedy: 'it has too many viewers' },
  { fault: 'unresolved', by: 'ffmpeg (tcp)', says: /Failed to resolve hostname/ },
  { fault: 'unreachable', by: 'ffmpeg (tcp)', says: /^Connection to \w+:\/\/.+ failed: /m },
  { fault: 'unreachable', by: 'ffmpeg (tcp)', says: /: (No route to host|Network is unreachable|Host is down)$/m },
  // Opening says the address; what is said later does not.
  { fault: 'silent', by: 'ffmpeg (http)', says: /^https?:\/\/.*: Connection timed out$/m },
  // Whatever the camera answers, this is not RTSP; most often it answers nothing, and ffmpeg does not say that it waited.
  { fault: 'silent', by: 'ffmpeg (rtsp)', says: /^rtsps?:\/\/.*: (Connection timed out|Invalid data found .+)$/m },
  { fault: 'hung', by: 'ffmpeg (rtsp, http)', says: /\bConnection timed out$/m },
  { fault: 'hung', by: 'libcamera', says: /Camera frontend has timed out/, remedy: CABLE },
  { fault: 'hung', by: 'rpicam-vid', says: /Device timeout detected/, remedy: CABLE },
  { fault: 'hung', by: 'raspivid', says: /No data received from sensor/, remedy: CABLE },
  {
    fault: 'hung',
    by: 'nvarguscamerasrc',
    says: /\(Argus\) Error Timeout|nvarguscamerasrc\d*: (TIMEOUT|CANCELLED|DISCONNECTED)/,
    remedy: CABLE,
  },
  {
    fault: 'broken',
    by: 'gst-launch',
    says: /no element "\w+"/,
    remedy: 'install the packages of GStreamer that belong to the camera',
  },
  { fault: 'busy', by: 'libcamera', says: /Pipeline handler in use by another process/ },
  { fault: 'busy', by: 'rpicam-vid', says: /failed to acquire camera/ },
  {
    fault: 'busy',
    by: 'raspivid',
    says: /failed to enable component: ENOSPC|Failed to enable connection: Out of resources/,
  },
  { fault: 'busy', by: 'nvarguscamerasrc', says: /Failed to create CaptureSession/ },
  { fault: 'busy', by: 'gst-launch', says: /Device '.+' is busy/ },
  { fault: 'busy', by: 'ffmpeg (v4l2)', says: /(\/dev\/\S+|ioctl\(\w+\)|system error): Device or resource busy/ },
  {
    fault: 'busy',
    by: 'ffmpeg (v4l2)',
    says: /ioctl\(VIDIOC_STREAMON\): No space left on device/,
    remedy: 'other devices fill its USB bus, use another port',
  },
  {
    fault: 'refused',
    by: 'ffmpeg (v4l2)',
    says: /\/dev\/\S+: Permission denied/,
    remedy: 'add the user of the service to the group video',
  },
  {
    fault: 'broken',
    by: 'nvarguscamerasrc',
    says: /Connecting to nvargus-daemon failed/,
    remedy: 'start the service nvargus-daemon',
  },
  { fault: 'absent', by: 'rpicam-vid, nvarguscamerasrc', says: /no cameras available/i },
  { fault: 'absent', by: 'rpicam-vid', says: /selected camera is not available|failed to find camera/ },
  { fault: 'absent', by: 'raspivid', says: /Camera is not (detected|enabled in this build)/ },
  { fault: 'absent', by: 'ffmpeg (v4l2)', says: /\/dev\/\S+: (No such file or directory|No such device)/ },
  { fault: 'absent', by: 'ffmpeg (v4l2)', says: /ioctl\(\w+\): No such device/ },
  { fault: 'absent', by: 'gst-launch (v4l2src)', says: /Cannot identify device '.+'/ },
  {
    fault: 'absent',
    by: 'ffmpeg (v4l2)',
    says: /Not a video capture device|(\/dev\/\S+|ioctl\(\w+\)): Inappropriate ioctl for device/,
    remedy: 'name a device that is a camera',
  },
];

/** So that what was said hours before the end does not count. */
const LINES = 12;

export function complaintIn(stderr: string): Complaint {
  const lines = inOneForm(stderr).split('\n').slice(-LINES);
  const text = lines.join('\n');
  const saying = SAYINGS.find(({ says }) => says.test(text));
  const line = saying === undefined ? undefined : lines.findLast((candidate) => saying.says.test(candidate));
  const words = withoutCredentials(line ?? lines.at(-1) ?? '').replace(/\.$/, '');
  const fault = saying?.fault ?? 'broken';
  return { fault, words: words === '' ? null : words, remedy: saying?.remedy ?? REMEDIES[fault] ?? null };
}

/** Without what differs at each run; of ffmpeg the same words in all its versions, which name the input before the reason. */
function inOneForm(stderr: string): string {
  return stderr
    .trim()
    .replace(/^(\[[^\]\n]* @ 0x[0-9a-f]+\] )+/gm, '')
    .replace(/^\[\d+:\d+:\d+\.\d+\] \[\d+\] +/gm, '')
    .replace(/^ +Last message repeated \d+ times$\n?/gm, '')
    .trim()
    .replace(
      /(?:Error opening input: .+\n)?Error opening input file (.+)\.\nError opening input files: (.+)$/,
      '$1: $2',
    )
    .replace(/Impossible to open '(.+)'\npipe:3: /, '$1: ')
    .replace(/^(pipe:3|Error during demuxing): /gm, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}
