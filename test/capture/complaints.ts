// What capture programs said in their last moments: the texts of real runs and, where there is no camera to run them on, of reports.
import type { AwayFault } from '../../src/observation/fault.ts';

export type Said = Readonly<{ by: string; text: string; fault: AwayFault; words: string; remedy: string | null }>;

const CREDENTIALS = 'check source.username and source.passwordFile';
const ADDRESS = 'check source.input, and that the camera is switched on and in the same network';
const PLUG = 'check that the camera is plugged in';
const OTHER = 'another program uses the camera';
const CABLE = 'check the cable of the camera';
const NO_CAMERA = 'name a device that is a camera';

/** Both versions of ffmpeg say the same in their own ways. */
function opening(address: string, reason: string, before = ''): readonly string[] {
  const impossible = `${before}[concat @ 0x5598ab55ba00] Impossible to open '${address}'\n`;
  return [
    `${impossible}pipe:3: ${reason}\n`,
    `${impossible}[in#0 @ 0x5633e20c8f00] Error opening input: ${reason}\nError opening input file pipe:3.\nError opening input files: ${reason}\n`,
  ];
}

function ofBoth(texts: readonly string[], rest: Pick<Said, 'fault' | 'words' | 'remedy'>): readonly Said[] {
  return texts.map((text, index) => ({ by: index === 0 ? 'ffmpeg 5' : 'ffmpeg 7', text, ...rest }));
}

const NETWORK: readonly Said[] = [
  ...ofBoth(
    opening(
      'rtsp://admin:wrong@127.0.0.1:8554/cam',
      'Server returned 401 Unauthorized (authorization failed)',
      '[rtsp @ 0x5598ab56d400] method DESCRIBE failed: 401 Unauthorized\n',
    ),
    {
      fault: 'refused',
      words: 'rtsp://127.0.0.1:8554/cam: Server returned 401 Unauthorized (authorization failed)',
      remedy: CREDENTIALS,
    },
  ),
  ...ofBoth(opening('http://127.0.0.1:8601/v?token=s3cret', 'Server returned 403 Forbidden (access denied)'), {
    fault: 'refused',
    words: 'http://127.0.0.1:8601/v: Server returned 403 Forbidden (access denied)',
    remedy: CREDENTIALS,
  }),
  ...ofBoth(opening('http://127.0.0.1:8601/none', 'Server returned 404 Not Found'), {
    fault: 'absent',
    words: 'http://127.0.0.1:8601/none: Server returned 404 Not Found',
    remedy: 'check the path in source.input',
  }),
  ...ofBoth(
    opening(
      'rtsp://nosuch.invalid/x',
      'Input/output error',
      '[tcp @ 0x5567320f7880] Failed to resolve hostname nosuch.invalid: Name or service not known\n',
    ),
    {
      fault: 'unresolved',
      words: 'Failed to resolve hostname nosuch.invalid: Name or service not known',
      remedy: 'check the name in source.input and the name server of this machine',
    },
  ),
  ...ofBoth(
    opening(
      'rtsp://127.0.0.1:9/x',
      'Connection refused',
      '[tcp @ 0x5561385bd880] Connection to tcp://127.0.0.1:9?timeout=5000000 failed: Connection refused\n',
    ),
    { fault: 'unreachable', words: 'Connection to tcp://127.0.0.1:9 failed: Connection refused', remedy: ADDRESS },
  ),
  ...ofBoth(
    opening(
      'http://192.0.2.7/x',
      'Connection timed out',
      '[tcp @ 0x558c14a152c0] Connection to tcp://192.0.2.7:80 failed: Connection timed out\n',
    ),
    { fault: 'unreachable', words: 'Connection to tcp://192.0.2.7:80 failed: Connection timed out', remedy: ADDRESS },
  ),
  ...ofBoth(opening('rtsp://127.0.0.1:8600/x', 'Invalid data found when processing input'), {
    fault: 'silent',
    words: 'rtsp://127.0.0.1:8600/x: Invalid data found when processing input',
    remedy: 'restart the camera',
  }),
  ...ofBoth(opening('http://127.0.0.1:8600/x', 'Connection timed out'), {
    fault: 'silent',
    words: 'http://127.0.0.1:8600/x: Connection timed out',
    remedy: 'restart the camera',
  }),
  ...ofBoth(
    [
      'pipe:3: Connection timed out\n    Last message repeated 2 times\n',
      '[in#0/concat @ 0x5569c92d4f00] Error during demuxing: Connection timed out\n',
    ],
    { fault: 'hung', words: 'Connection timed out', remedy: null },
  ),
  ...ofBoth(opening('http://127.0.0.1:8601/x', 'Server returned 5XX Server Error reply'), {
    fault: 'broken',
    words: 'http://127.0.0.1:8601/x: Server returned 5XX Server Error reply',
    remedy: null,
  }),
  ...ofBoth(opening('http://127.0.0.1:8601/x', 'Invalid data found when processing input'), {
    fault: 'broken',
    words: 'http://127.0.0.1:8601/x: Invalid data found when processing input',
    remedy: null,
  }),
];

const V4L2: readonly Said[] = [
  ...ofBoth(
    [
      '[video4linux2,v4l2 @ 0x558e6712a940] Cannot open video device /dev/video99: No such file or directory\n/dev/video99: No such file or directory\n',
      '[video4linux2,v4l2 @ 0x5597260c5080] Cannot open video device /dev/video99: No such file or directory\n[in#0 @ 0x5597260c4dc0] Error opening input: No such file or directory\nError opening input file /dev/video99.\nError opening input files: No such file or directory\n',
    ],
    { fault: 'absent', words: '/dev/video99: No such file or directory', remedy: PLUG },
  ),
  {
    by: 'ffmpeg, of a camera that is pulled out',
    text: '[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_DQBUF): No such device\n/dev/video0: No such device\n',
    ...{ fault: 'absent', words: '/dev/video0: No such device', remedy: PLUG },
  },
  {
    by: 'ffmpeg, of a device that is no camera',
    text: '[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_QUERYCAP): Inappropriate ioctl for device\n/dev/null: Inappropriate ioctl for device\n',
    ...{ fault: 'absent', words: '/dev/null: Inappropriate ioctl for device', remedy: NO_CAMERA },
  },
  {
    by: 'ffmpeg, of a camera that another program has',
    text: '[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_STREAMON): Device or resource busy\n/dev/video0: Device or resource busy\n',
    ...{ fault: 'busy', words: '/dev/video0: Device or resource busy', remedy: OTHER },
  },
  {
    by: 'ffmpeg, of two cameras at one hub',
    text: '[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_STREAMON): No space left on device\n/dev/video2: No space left on device\n',
    fault: 'busy',
    words: 'ioctl(VIDIOC_STREAMON): No space left on device',
    remedy: 'other devices fill its USB bus, use another port',
  },
  {
    by: 'ffmpeg, of a device that is not for this user',
    text: '[video4linux2,v4l2 @ 0x55] Cannot open video device /dev/video0: Permission denied\n/dev/video0: Permission denied\n',
    fault: 'refused',
    words: '/dev/video0: Permission denied',
    remedy: 'add the user of the service to the group video',
  },
  {
    by: 'ffmpeg, of a driver that fails',
    text: '[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_DQBUF): Input/output error\n/dev/video0: Input/output error\n',
    ...{ fault: 'broken', words: '/dev/video0: Input/output error', remedy: null },
  },
];

const LIBCAMERA = '[0:59:20.922839220] [3232]  INFO Camera camera_manager.cpp:340 libcamera v0.7.2+rpt20260817\n';

const BOXES: readonly Said[] = [
  {
    by: 'rpicam-vid, without a camera',
    text: `${LIBCAMERA}ERROR: *** no cameras available ***\n`,
    ...{ fault: 'absent', words: 'ERROR: *** no cameras available ***', remedy: PLUG },
  },
  {
    by: 'rpicam-vid, of a camera that another program has',
    text: `${LIBCAMERA}[0:59:20.977024792] [3232]  INFO Camera camera.cpp:1021 Pipeline handler in use by another process\nERROR: *** failed to acquire camera /base/soc/i2c0mux/i2c@1/imx708@1a ***\n`,
    fault: 'busy',
    words: 'INFO Camera camera.cpp:1021 Pipeline handler in use by another process',
    remedy: OTHER,
  },
  {
    by: 'rpicam-vid, of a loose cable',
    // At its start libcamera 0.4 says of a good imx708, too, that it is busy.
    text:
      "[17:00:27.584252061] [7905] ERROR V4L2 v4l2_device.cpp:390 'imx708': Unable to set controls: Device or resource busy\n" +
      '[17:00:54.982057588] [2324]  WARN V4L2 v4l2_videodevice.cpp:2007 /dev/video0[14:cap]: Dequeue timer of 1000000.00us has expired!\n' +
      '[17:00:54.982184292] [2324] ERROR RPI pipeline_base.cpp:1424 Camera frontend has timed out!\n' +
      '[17:00:54.982246755] [2324] ERROR RPI pipeline_base.cpp:1425 Please check that your camera sensor connector is attached securely.\n',
    ...{ fault: 'hung', words: 'ERROR RPI pipeline_base.cpp:1424 Camera frontend has timed out!', remedy: CABLE },
  },
  {
    by: 'raspistill, without a camera',
    text:
      "mmal: mmal_vc_component_create: failed to create component 'vc.ril.camera' (1:ENOMEM)\n" +
      'mmal: main: Failed to create camera component\n' +
      'mmal: Camera is not detected. Please check carefully the camera module is installed correctly\n',
    fault: 'absent',
    words: 'mmal: Camera is not detected. Please check carefully the camera module is installed correctly',
    remedy: PLUG,
  },
  {
    by: 'raspivid, of a camera that another program has',
    text: "mmal: mmal_vc_component_enable: failed to enable component: ENOSPC\nmmal: camera component couldn't be enabled\nmmal: main: Failed to create camera component\n",
    fault: 'busy',
    words: 'mmal: mmal_vc_component_enable: failed to enable component: ENOSPC',
    remedy: OTHER,
  },
  {
    by: 'nvarguscamerasrc, unplugged',
    text: 'ERROR: from element /GstPipeline:pipeline0/GstNvArgusCameraSrc:nvarguscamerasrc0: TIMEOUT\nAdditional debug info:\nArgus Error Status\n',
    fault: 'hung',
    words: 'ERROR: from element /GstPipeline:pipeline0/GstNvArgusCameraSrc:nvarguscamerasrc0: TIMEOUT',
    remedy: 'check the cable of the camera',
  },
  {
    by: 'gst-launch, without the package of the camera',
    text: 'WARNING: erroneous pipeline: no element "nvarguscamerasrc"\n',
    fault: 'broken',
    words: 'WARNING: erroneous pipeline: no element "nvarguscamerasrc"',
    remedy: 'install the packages of GStreamer that belong to the camera',
  },
  {
    by: 'nvarguscamerasrc, without a camera',
    text: 'Error generated. gstnvarguscamerasrc.cpp, execute:751 No cameras available\n',
    fault: 'absent',
    words: 'Error generated. gstnvarguscamerasrc.cpp, execute:751 No cameras available',
    remedy: PLUG,
  },
  {
    by: 'gst-launch, of a device that is not there',
    text: "ERROR: from element /GstPipeline:pipeline0/GstV4l2Src:v4l2src0: Cannot identify device '/dev/video99'.\nAdditional debug info:\n../sys/v4l2/v4l2_calls.c(608): gst_v4l2_open (): /GstPipeline:pipeline0/GstV4l2Src:v4l2src0:\nsystem error: No such file or directory\nERROR: pipeline doesn't want to preroll.\nFailed to set pipeline to PAUSED.\n",
    fault: 'absent',
    words: "ERROR: from element /GstPipeline:pipeline0/GstV4l2Src:v4l2src0: Cannot identify device '/dev/video99'",
    remedy: PLUG,
  },
  {
    by: 'setpriv, of a program that was uninstalled',
    text: 'setpriv: failed to execute rpicam-vid: No such file or directory\n',
    fault: 'broken',
    words: 'setpriv: failed to execute rpicam-vid: No such file or directory',
    remedy: 'install it',
  },
];

export const SAID: readonly Said[] = [...NETWORK, ...V4L2, ...BOXES];
