// Starts the processes of the compressed day: the player, and one daemon after the other, the next one always loaded ahead.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { FromPlayer } from './messages.ts';

const HOOKS = new URL('../../support/typescript-hooks.mjs', import.meta.url).href;

export type PlayedDay = Readonly<{ socketPath: string; seed: number; brokerUrl: string; stateFolder: string }>;

/** Resolves when somebody can listen. */
export async function startPlayer(day: PlayedDay, hear: (message: FromPlayer) => void): Promise<void> {
  const player = startProgram('player-child.ts', [day.socketPath, String(day.seed)]);
  // Only the player of this test speaks on the channel.
  player.on('message', (message) => hear(message as FromPlayer));
  await once(player, 'message');
}

export class Daemons {
  readonly #day: PlayedDay;
  #number = 0;
  #next: ChildProcess;
  #running: ChildProcess | null = null;

  constructor(day: PlayedDay) {
    this.#day = day;
    this.#next = this.#load();
  }

  start(): void {
    this.#running = this.#next;
    this.#running.send('start');
    this.#next = this.#load();
  }

  async kill(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    const [code, signal] = await ended;
    if (signal !== 'SIGKILL') throw new Error(`a daemon ended by itself with ${code}`);
  }

  /** Waits until the one that runs has ended by itself; resolves with its exit code. */
  async ended(): Promise<number | null> {
    if (this.#running === null) return null;
    const [code] = await once(this.#running, 'exit');
    return code;
  }

  #load(): ChildProcess {
    const { socketPath, brokerUrl, stateFolder } = this.#day;
    this.#number += 1;
    return startProgram('daemon-child.ts', [socketPath, brokerUrl, stateFolder, `run${this.#number}`]);
  }
}

function startProgram(name: string, args: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL(name, import.meta.url));
  // Nothing is left behind when the test itself is killed.
  const command = ['--pdeathsig', 'KILL', process.execPath, '--report-on-signal', '--report-directory=/tmp/rep', '--import', HOOKS, program, ...args];
  const child = spawn('setpriv', command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}
