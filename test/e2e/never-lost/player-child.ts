// A process that plays the day on a socket, as a camera does: its clock runs on while nobody listens, and what it shows then is lost.
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { randomOf } from '../../../src/simulator/random.ts';
import { HEADER, observationsOf, PERIOD_MS } from './day.ts';
import type { FromPlayer } from './messages.ts';

const [path = '', seed = '0'] = process.argv.slice(2);
/** Twice that of a sensor: so many frames are under way at most, and lost with the daemon. */
const WINDOW = 64;
const TICK_MS = 5;
/** While nobody listens a second is so many of the day: a restart costs seconds to minutes of it. */
const [SLOWEST, FASTEST] = [10, 300];

const random = randomOf(Number(seed), 2);
const frames = observationsOf(randomOf(Number(seed), 1));
let listener: Socket | null = null;
/** The next frame to be shown. */
let clock = 0;
let sent = 0;
let taken = 0;
/** The first frame that nobody has taken yet; null before the day begins, which is with the first listener. */
let lostFrom: number | null = null;
let speed = FASTEST;

// The test has gone.
process.once('disconnect', () => process.exit());

setInterval(() => {
  if (listener !== null || lostFrom === null) return;
  clock = Math.min(frames.length, clock + Math.max(1, Math.round((TICK_MS * speed) / PERIOD_MS)));
}, TICK_MS);

createServer((socket) => {
  listener = socket;
  sent = 0;
  taken = 0;
  socket.on('error', () => undefined);
  socket.on('close', () => leave(socket));
  createInterface(socket)
    .on('line', (line) => take(socket, Number(line)))
    .on('error', () => undefined);
  socket.write(`${JSON.stringify(HEADER)}\n`);
  say({ kind: 'connected' });
  if (lostFrom !== null) say({ kind: 'outage', from: lostFrom, to: frames[clock]?.at ?? Number.POSITIVE_INFINITY });
  lostFrom = frames[clock]?.at ?? null;
  show();
}).listen(path, () => say({ kind: 'ready' }));

/** The observations up to this number have been taken; what a dead daemon said last comes when the next one is here. */
function take(socket: Socket, count: number): void {
  if (listener !== socket) return;
  taken = count;
  const at = frames[clock - (sent - taken)]?.at ?? null;
  if (at !== null) lostFrom = at;
  if (at !== null && Math.floor(at / 60_000) !== Math.floor((at - PERIOD_MS) / 60_000)) say({ kind: 'minute', at });
  show();
}

function show(): void {
  while (listener !== null && sent - taken < WINDOW && clock < frames.length) {
    listener.write(`${JSON.stringify(frames[clock])}\n`);
    clock += 1;
    sent += 1;
  }
  if (taken === sent && clock === frames.length) listener?.end();
}

/** What was sent and not taken is lost with the daemon: the clock does not go back. */
function leave(socket: Socket): void {
  if (listener !== socket) return;
  listener = null;
  speed = SLOWEST * (FASTEST / SLOWEST) ** random();
}

function say(message: FromPlayer): void {
  process.send?.(message);
}
