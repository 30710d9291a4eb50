// Defines the section of the configuration about where the frames come from.
import { z } from 'zod';
import { alsoIncomplete, path } from './leaves.ts';

/** The Pi and the Jetson number their cameras; other cameras are devices. */
export const CAMERA_NAME = /^(\/dev\/.+|(rpicam|raspistill|jetson)(:\d)?)$/;
export const CAMERA_NAMES =
  'must be a device such as /dev/video0, or rpicam, raspistill or jetson, of which the second is rpicam:1';

/** Linux starts no program with an argument above 128 KiB (MAX_ARG_STRLEN of execve(2)); a character has up to 4 bytes. */
const LONGEST_ARGUMENT = 32_000;

export const sourceSchema = z
  .strictObject({
    input: path.describe('A video file, a folder of pictures, or the address of a stream (rtsp, http, https).'),
    camera: z
      .string()
      .regex(CAMERA_NAME, CAMERA_NAMES)
      .nullable()
      .default(null)
      .describe(
        'A camera, as onlooker cameras lists them: /dev/video0, rpicam, raspistill, jetson; the second is rpicam:1.',
      ),
    command: z
      .array(
        z
          .string()
          .min(1)
          .max(LONGEST_ARGUMENT)
          .refine((text) => !text.includes('\0'), 'must not hold the character NUL'),
      )
      .min(1)
      .max(64)
      .nullable()
      .default(null)
      .describe(
        'A program that writes frames of I420; {width}, {height} and {framesPerSecond} in its arguments are replaced.',
      ),
    rowBytes: z
      .number()
      .int()
      .multipleOf(2)
      .min(160)
      .max(4096)
      .nullable()
      .default(null)
      .describe('Bytes of a row of brightness that the command writes, padding included; null for the width.'),
    scenario: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'A simulated audience in place of a camera: a scenario that onlooker simulate --list tells, or a file.',
      ),
    username: z.string().min(1).nullable().default(null).describe('User name at the address of source.input.'),
    passwordFile: path.describe(
      'File that holds the password of that user and nothing else; source-password is the one that the service is given.',
    ),
    width: z
      .number()
      .int()
      .multipleOf(32)
      .min(160)
      .max(1920)
      .default(640)
      .describe('Width of a frame in pixels. Files and streams keep the shape of their pictures.'),
    height: z.number().int().multipleOf(2).min(120).max(1080).default(480).describe('Height of a frame in pixels.'),
    framesPerSecond: z.number().min(0.2).max(30).default(10).describe('Frames looked at in a second.'),
    pictureMs: z
      .number()
      .int()
      .min(200)
      .max(600_000)
      .default(3000)
      .describe('How long each picture of a folder is shown, in milliseconds.'),
    pace: z
      .enum(['realtime', 'max'])
      .default('realtime')
      .describe('How fast films and pictures are played; max is as fast as they can be looked at.'),
  })
  .refine(({ input, camera }) => !(input && camera), {
    ...alsoIncomplete,
    path: ['camera'],
    message: 'cannot be used together with source.input, take one of them out',
  })
  .refine(({ input, camera, command }) => !(command && (input || camera)), {
    ...alsoIncomplete,
    path: ['command'],
    message: 'cannot be used together with source.input or source.camera, take one of them out',
  })
  .refine(({ input, camera, command, scenario }) => !(scenario && (input || camera || command)), {
    ...alsoIncomplete,
    path: ['scenario'],
    message: 'cannot be used together with source.input, source.camera or source.command, take one of them out',
  })
  .refine(({ command, rowBytes }) => !(rowBytes && !command), {
    ...alsoIncomplete,
    path: ['rowBytes'],
    message: 'needs source.command',
  })
  .refine(({ width, rowBytes }) => !(rowBytes && rowBytes < width), {
    ...alsoIncomplete,
    path: ['rowBytes'],
    message: 'must not be less than source.width',
  })
  .refine(({ input, username }) => !(username && !input), {
    ...alsoIncomplete,
    path: ['username'],
    message: 'needs source.input',
  })
  .refine(({ username, passwordFile }) => !(passwordFile && !username), {
    ...alsoIncomplete,
    path: ['passwordFile'],
    message: 'needs source.username',
  });
