// A process that plays the day on a socket, as a camera does: its clock runs on while nobody listens. It kills who listens.
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { randomOf } from '../../../src/simulator/random.ts';
import type { Outage } from './check-day.ts';
import { DAY_MS, HEADER, observationsOf, PERIOD_MS } from './day.ts';

const [path = '', seed = '0', kills = '0'] = process.argv.slice(2);
/** As that of a sensor: so many frames are under way at most, and lost with the daemon. */
const WINDOW = 32;
const TICK_MS = 5;
/** While nobody listens a second is so many of the day: a restart costs seconds to minutes of it. */
const [SLOWEST, FASTEST] = [10, 300];
/** Of the frames, all outages together: else a slow machine would spend the day on restarts. */
const MAX_OUTAGES_RATIO = 0.15;
/** The last one lives to tell. */
const LAST_KILL_MS = 0.95 * DAY_MS;
/** In which the first one commits what the history begins with. */
const FIRST_LIFE_MS = 60_000;
/** Of the kills: as soon as it listens. */
const EARLY_RATIO = 0.25;

const random = randomOf(Number(seed), 2);
const frames = observationsOf(randomOf(Number(seed), 1));
const longestOutage = Math.floor((MAX_OUTAGES_RATIO * frames.length) / Math.max(1, Number(kills)));
const outages: Outage[] = [];
let listener: Socket | null = null;
let killsLeft = Number(kills);
/** The next frame to be shown. */
let clock = 0;
let sent = 0;
let taken = 0;
/** The first frame that nobody has taken yet; null before the day begins, which is with the first daemon. */
let lostFrom: number | null = null;
/** Where the clock stands still until somebody listens. */
let waitsAt = 0;
let speed = FASTEST;
let killAt = Number.POSITIVE_INFINITY;

const server = createServer((socket) => {
  const lines = createInterface(socket).on('error', () => undefined);
  // What a dead daemon said last comes when the next one may be here.
  lines.once('line', (pid) => {
    lines.on('line', (count) => take(socket, Number(pid), Number(count)));
    listen(socket, Number(pid));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => leave(socket));
});
server.listen(path, () => say('ready'));

const ticks = setInterval(() => {
  if (listener === null) clock = Math.min(waitsAt, clock + Math.max(1, Math.round((TICK_MS * speed) / PERIOD_MS)));
}, TICK_MS);

function listen(socket: Socket, pid: number): void {
  const at = clock * PERIOD_MS;
  say('somebody listens', { pid, at, killsLeft });
  if (lostFrom !== null) outages.push({ from: lostFrom, to: at });
  const isFirst = lostFrom === null;
  listener = socket;
  sent = 0;
  taken = 0;
  lostFrom = at;
  if (!isFirst && killsLeft > 0 && random() < EARLY_RATIO) {
    kill(pid);
    return;
  }
  if (killsLeft > 0) killAt = at + (isFirst ? FIRST_LIFE_MS : 0) + lifetime(at);
  socket.write(`${JSON.stringify(HEADER)}\n`);
  show();
}

/** So that what is left of the day suffices for the kills that are left. */
function lifetime(at: number): number {
  return (random() * Math.min(2, killsLeft) * (LAST_KILL_MS - at)) / killsLeft;
}

/** The observations up to this number have been taken. */
function take(socket: Socket, pid: number, count: number): void {
  if (listener !== socket) return;
  taken = count;
  lostFrom = (clock - sent + taken) * PERIOD_MS;
  if (lostFrom >= killAt) kill(pid);
  show();
}

function show(): void {
  if (listener === null) return;
  while (sent - taken < WINDOW && clock < frames.length) {
    listener.write(`${JSON.stringify(frames[clock])}\n`);
    clock += 1;
    sent += 1;
  }
  if (taken === sent && clock === frames.length) listener.end();
}

function kill(pid: number): void {
  killAt = Number.POSITIVE_INFINITY;
  killsLeft -= 1;
  process.kill(pid, 'SIGKILL');
}

/** What was sent and not taken is lost with the daemon: the clock does not go back. */
function leave(socket: Socket): void {
  if (listener !== socket) return;
  listener = null;
  speed = SLOWEST * (FASTEST / SLOWEST) ** random();
  waitsAt = Math.min(frames.length, clock + longestOutage);
  if (taken < sent || clock < frames.length) return;
  say('the day is over', { outages });
  clearInterval(ticks);
  server.close();
}

function say(msg: string, more: object = {}): void {
  process.stdout.write(`${JSON.stringify({ msg, ...more })}\n`);
}
