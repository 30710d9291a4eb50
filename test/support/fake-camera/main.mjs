// Stands in for a camera program: takes its arguments, writes its frames, and fails as it does when its folder says so.
import { appendFileSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readArguments } from './arguments.mjs';
import { drawFrames, drawJpeg } from './pictures.mjs';
import { FAILURES } from './words.mjs';

const [program, folder, ...args] = process.argv.slice(2);
const note = (event) =>
  appendFileSync(join(folder, 'runs.jsonl'), `${JSON.stringify({ pid: process.pid, ...event })}\n`);
/** Read anew each time, since a camera may fail at any moment. */
const behavior = () => JSON.parse(readFileSync(join(folder, 'behavior.json'), 'utf8'));

note({ event: 'start', program, args });
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    note({ event: 'signal', signal });
    if (!behavior().deaf) process.exit(signal === 'SIGINT' && program.startsWith('raspi') ? 130 : 0);
  });
}
process.stdout.on('error', () => process.exit(1));

const asked = readArguments(program, args);
if (asked.lists) listFormats();
else if (asked.wantsMjpeg && behavior().formats === 'raw') {
  fail({
    said: `[video4linux2,v4l2 @ 0x560335c9e940] Cannot find a proper format for codec 'mjpeg' (id 7), pixel format 'none' (id -1)\n${asked.device}: Invalid argument`,
    exit: 1,
  });
} else if (asked.settleMs !== null) await takePhotograph();
else await film();

async function film() {
  const out = asked.output === 1 ? process.stdout : new Socket({ fd: asked.output, readable: false });
  out.on('error', () => process.exit(1));
  // As nvarguscamerasrc does.
  if (program.startsWith('gst'))
    process.stdout.write('GST_ARGUS: Creating output stream\nCONSUMER: Producer has connected; continuing.\n');
  let drawn = null;
  let frameOf = null;
  let dueAt = performance.now();
  for (let index = 0; ; index += 1) {
    const { failure, after, picture, rateRatio, size, frameRatio } = behavior();
    if (failure !== null && index >= after) return fail(FAILURES[program][failure]);
    const shape = size === null ? asked : { ...size, stride: size.width };
    const wanted = JSON.stringify([picture, shape]);
    if (drawn !== wanted) frameOf = drawFrames(real(), picture, shape);
    drawn = wanted;
    const frame = frameOf(index);
    await new Promise((resolve) => out.write(frame.subarray(0, Math.floor(frame.length * frameRatio)), resolve));
    // One that is read too slowly takes no pictures meanwhile.
    dueAt = Math.max(dueAt + 1000 / (asked.fps * rateRatio), performance.now());
    await pause(dueAt - performance.now());
  }
}

async function takePhotograph() {
  const { failure, after, picture } = behavior();
  const taken = readFileSync(join(folder, 'runs.jsonl'), 'utf8').split('"event":"start"').length - 2;
  if (failure !== null && taken >= after) return fail(FAILURES[program][failure]);
  // As rpicam-still does on a Pi 5, and nothing is wrong.
  if (!program.startsWith('raspi')) process.stderr.write('WARNING: Capture will not make use of temporal denoise\n');
  await pause(asked.settleMs);
  process.stdout.write(drawJpeg(real(), picture, asked));
}

function listFormats() {
  const { formats, failure, after } = behavior();
  if (failure === 'absent' && after === 0) return fail(FAILURES.ffmpeg.absent);
  const sizes = '640x480 1280x720 1920x1080';
  const compressed =
    formats === 'raw' ? '' : `[video4linux2,v4l2 @ 0x55fd] Compressed:       mjpeg :          Motion-JPEG : ${sizes}\n`;
  const raw = `[video4linux2,v4l2 @ 0x55fd] Raw       :     yuyv422 :           YUYV 4:2:2 : ${sizes}\n`;
  const wanted = args[args.indexOf('-list_formats') + 1];
  process.stderr.write(
    `${wanted === 'raw' ? '' : compressed}${wanted === 'compressed' ? '' : raw}${asked.device}: Immediate exit requested\n`,
  );
  process.exitCode = 1;
}

function fail({ said, told, exit }) {
  if (told !== undefined) process.stdout.write(told.replaceAll('DEVICE', asked.device));
  if (said !== undefined) process.stderr.write(`${said.replaceAll('DEVICE', asked.device)}\n`);
  if (exit !== undefined) process.exitCode = exit;
  // Nothing more comes, and nothing ends it but a signal.
  else setInterval(() => undefined, 2 ** 30);
}

function real() {
  return JSON.parse(readFileSync(join(folder, 'real.json'), 'utf8'));
}
