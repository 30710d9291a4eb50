// What the real camera programs say when they fail, and how they end: by program, then by failure.

/**
 * Each failure: words on standard error (`said`) or standard output (`told`), and the exit code; without one the program stays
 * and gives nothing.
 *
 * @typedef {{ said?: string, told?: string, exit?: number }} Failure
 * @typedef {'absent' | 'busy' | 'unplugged' | 'hung' | 'ended'} FailureName
 */

const SILENT = { hung: {}, ended: { exit: 0 } };

/** rpicam-apps 1.5 to 1.9: core/rpicam_app.cpp and apps/rpicam_vid.cpp; `-v 0` silences libcamera itself. */
const LIBCAMERA = {
  ...SILENT,
  absent: { said: 'ERROR: *** no cameras available ***', exit: 255 },
  busy: { said: 'ERROR: *** failed to acquire camera /base/soc/i2c0mux/i2c@1/imx219@10 ***', exit: 255 },
  // It tries again by itself, for ever.
  unplugged: { said: 'ERROR: Device timeout detected, attempting a restart!!!' },
};

/** userland: host_applications/linux/apps/raspicam, as people report it. */
const MMAL = {
  ...SILENT,
  absent: {
    said: [
      'mmal: Cannot read camera info, keeping the defaults for OV5647',
      "mmal: mmal_vc_component_create: failed to create component 'vc.ril.camera' (1:ENOMEM)",
      "mmal: mmal_component_create_core: could not create component 'vc.ril.camera' (1)",
      'mmal: Failed to create camera component',
      'mmal: main: Failed to create camera component',
      'mmal: Camera is not detected. Please check carefully the camera module is installed correctly\n',
    ].join('\n'),
    exit: 70,
  },
  busy: {
    said: [
      'mmal: mmal_vc_component_enable: failed to enable component: ENOSPC',
      "mmal: camera component couldn't be enabled",
      'mmal: main: Failed to create camera component',
      'mmal: Failed to run camera app. Please check for firmware updates\n',
    ].join('\n'),
    exit: 70,
  },
  unplugged: {
    said: 'mmal: No data received from sensor. Check all connections, including the Sunny one on the camera board',
  },
};

/** FFmpeg 5.1: libavdevice/v4l2.c; one whose camera goes away ends as if it had been told to. */
const V4L2 = {
  ...SILENT,
  absent: {
    said: '[video4linux2,v4l2 @ 0x560335c9e940] Cannot open video device DEVICE: No such file or directory\nDEVICE: No such file or directory',
    exit: 1,
  },
  busy: {
    said: '[video4linux2,v4l2 @ 0x560335c9e940] ioctl(VIDIOC_STREAMON): Device or resource busy\nDEVICE: Device or resource busy',
    exit: 1,
  },
  unplugged: {
    said: '[video4linux2,v4l2 @ 0x560335c9e940] ioctl(VIDIOC_DQBUF): No such device\nDEVICE: No such device',
    exit: 0,
  },
};

/** nvarguscamerasrc prints its failures on standard output, and its end is none for gst-launch. */
const ARGUS_ERROR =
  'Error generated. /dvs/git/dirty/git-master_linux/multimedia/nvgstreamer/gst-nvarguscamera/gstnvarguscamerasrc.cpp, execute:751';
const ARGUS = {
  ...SILENT,
  absent: { told: `${ARGUS_ERROR} No cameras available\n`, exit: 0 },
  busy: { told: `${ARGUS_ERROR} Failed to create CaptureSession\n`, exit: 0 },
  unplugged: {
    said: 'ERROR: from element /GstPipeline:pipeline0/GstNvArgusCameraSrc:nvarguscamerasrc0: TIMEOUT\nAdditional debug info:\nArgus Error Status',
    exit: 1,
  },
};

/** @type {Record<string, Record<FailureName, Failure>>} */
export const FAILURES = {
  'rpicam-vid': LIBCAMERA,
  'libcamera-vid': LIBCAMERA,
  'rpicam-still': LIBCAMERA,
  'libcamera-still': LIBCAMERA,
  raspivid: MMAL,
  raspistill: MMAL,
  ffmpeg: V4L2,
  'gst-launch-1.0': ARGUS,
  'own-camera': {
    ...SILENT,
    absent: { said: 'own-camera: no camera', exit: 1 },
    busy: { said: 'own-camera: the camera is in use', exit: 1 },
    unplugged: { said: 'own-camera: the camera is gone', exit: 1 },
  },
};
