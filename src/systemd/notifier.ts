// Tells systemd that the daemon is ready, how it is, that it makes progress, and that it reloads or stops.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import systemdNotify from 'systemd-notify';
import { messageOf } from '../observation/message-of.ts';

export type NotifierOptions = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  /** Monotonic milliseconds. */
  now: () => number;
  /** Runs the task once; returns how to prevent it. */
  after: After;
  logger: Readonly<{ warn(fields: Readonly<Record<string, unknown>>, message: string): void }>;
}>;

type After = (delayMs: number, task: () => void) => () => void;

export type Notifier = Readonly<{
  ready(): Promise<void>;
  /** Tells a sentence that differs from the last one, at most one per second: what comes sooner is left to the next call. */
  status(text: string): Promise<void>;
  /** To be called for each completed unit of work, and by no timer: without work the watchdog is to bite. */
  progressed(): void;
  /** What runs is to be replaced in the same process; `ready` says that it is. */
  reloading(): Promise<void>;
  /** Resolves when systemd has heard it, or after a second. */
  stopping(): Promise<void>;
  /** How long systemd waits for progress; null when nobody watches. */
  watchdogMs: number | null;
}>;

const STATUS_EVERY_MS = 1000;
/** sd_watchdog_enabled(3) advises half of the time; a quarter leaves room for one message that is lost. */
const FEEDS_PER_WATCHDOG = 4;
/** The program itself waits 5 s for systemd to take the message (sd_notify_barrier(3)). */
const SEND_PATIENCE_MS = 6000;
/** The whole daemon stops within 5 s. */
const STOP_PATIENCE_MS = 1000;

const run = promisify(execFile);

/** Does nothing, and starts no program, where systemd did not start this process. */
export function createNotifier({ env, now, after, logger }: NotifierOptions): Notifier {
  if (!env['NOTIFY_SOCKET']) return SILENT;
  const watchdogMs = watchdogMsIn(env);
  let queue = Promise.resolve();
  let warned = false;
  let lastStatus: string | null = null;
  let lastStatusAt = Number.NEGATIVE_INFINITY;
  let lastFedAt = Number.NEGATIVE_INFINITY;
  let telling = false;
  let feeding = false;

  /** One program at a time, in the order of the calls; what fails is told once and stops nothing. */
  function send(message: () => Promise<unknown>): Promise<void> {
    queue = queue.then(message).then(
      () => undefined,
      (error: unknown) => {
        // The package rejects with a string where the program ran and failed.
        if (!warned) logger.warn({ detail: messageOf(error) }, 'cannot notify systemd');
        warned = true;
      },
    );
    return queue;
  }

  return {
    watchdogMs,
    // Without a limit of its own it tells only what is told once (docs/decisions/0019-what-the-package-systemd-notify-tells.md).
    ready: () => send(() => within(SEND_PATIENCE_MS, after, systemdNotify({ ready: true }))),
    status(text) {
      if (telling || text === lastStatus || now() - lastStatusAt < STATUS_EVERY_MS) return Promise.resolve();
      telling = true;
      lastStatus = text;
      lastStatusAt = now();
      return send(() => notify(env, `STATUS=${text}`)).then(() => {
        telling = false;
      });
    },
    progressed() {
      if (watchdogMs === null || feeding || now() - lastFedAt < watchdogMs / FEEDS_PER_WATCHDOG) return;
      feeding = true;
      lastFedAt = now();
      void send(() => notify(env, 'WATCHDOG=1')).then(() => {
        feeding = false;
      });
    },
    reloading: () => send(() => notify(env, 'RELOADING=1')),
    stopping: () =>
      within(
        STOP_PATIENCE_MS,
        after,
        send(() => notify(env, 'STOPPING=1')),
      ).catch(() => undefined),
  };
}

const SILENT: Notifier = {
  watchdogMs: null,
  ready: () => Promise.resolve(),
  status: () => Promise.resolve(),
  progressed: () => undefined,
  reloading: () => Promise.resolve(),
  stopping: () => Promise.resolve(),
};

/** sd_watchdog_enabled(3): the time is in microseconds, and meant for the process that WATCHDOG_PID names. */
function watchdogMsIn(env: NotifierOptions['env']): number | null {
  const pid = env['WATCHDOG_PID'];
  if (pid !== undefined && Number(pid) !== process.pid) return null;
  const microseconds = Number(env['WATCHDOG_USEC']);
  return Number.isFinite(microseconds) && microseconds > 0 ? microseconds / 1000 : null;
}

/** Rejects when the work takes longer. */
async function within(limitMs: number, after: After, work: Promise<unknown>): Promise<void> {
  let cancel = (): void => undefined;
  const tooLate = new Promise((_, reject) => {
    cancel = after(limitMs, () => reject(new Error(`systemd-notify did not end within ${limitMs / 1000} s`)));
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    cancel();
  }
}

/** By the program of the package, within a time. */
function notify(env: NotifierOptions['env'], message: string): Promise<unknown> {
  return run('systemd-notify', [message], { env, timeout: SEND_PATIENCE_MS, killSignal: 'SIGKILL' });
}
