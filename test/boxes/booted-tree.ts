// Boots a tree of a Debian release with its own systemd, in which everything that is written is forgotten in the end.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';

const BOOT_MS = 90_000;

/** Why there is none here; empty where there can be one. Use it as `describe.skipIf(noTrees !== '')`. */
export const noTrees = whyNot();

export type Answer = Readonly<{ status: number; output: string }>;

export type BootOptions = Readonly<{
  /** The root cannot be written, as on a box that protects its card; only this folder of the box can, and stays. */
  readOnlyBut?: string;
}>;

export class BootedTree {
  /** What the box sees as /. */
  readonly root: string;
  readonly #folder: string;
  #nspawn: ReturnType<typeof spawn> | null = null;
  #console = '';

  private constructor(folder: string) {
    this.#folder = folder;
    this.root = join(folder, 'root');
  }

  /** A fresh box of that release, not booted yet; `sizeMiB` bounds what it may write. */
  static make(tree: string, { sizeMiB = 4096 }: Readonly<{ sizeMiB?: number }> = {}): BootedTree {
    const folder = mkdtempSync(join(tmpdir(), 'onlooker-box-'));
    const box = new BootedTree(folder);
    const written = join(folder, 'written');
    mkdirSync(box.root);
    mkdirSync(written);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'tmpfs', written]);
    mkdirSync(join(written, 'upper'));
    mkdirSync(join(written, 'work'));
    const layers = `lowerdir=${tree},upperdir=${join(written, 'upper')},workdir=${join(written, 'work')}`;
    execFileSync('mount', ['-t', 'overlay', '-o', layers, 'overlay', box.root]);
    return box;
  }

  /** Gives a full box room again. */
  grow(sizeMiB: number): void {
    execFileSync('mount', ['-o', `remount,size=${sizeMiB}m`, join(this.#folder, 'written')]);
  }

  async boot({ readOnlyBut }: BootOptions = {}): Promise<void> {
    const options = ['--register=no', '--keep-unit', '--private-network', '--console=pipe', '--boot'];
    if (readOnlyBut !== undefined) {
      const data = join(this.#folder, 'data');
      if (!existsSync(data)) execFileSync('cp', ['--archive', join(this.root, readOnlyBut), data]);
      options.unshift('--read-only', `--bind=${data}:${readOnlyBut}`, '--tmpfs=/var/log', '--tmpfs=/var/tmp');
    }
    // The box is not to see the settings of this machine.
    const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };
    const nspawn = spawn('systemd-nspawn', ['-D', this.root, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#nspawn = nspawn;
    for (const stream of [nspawn.stdout, nspawn.stderr]) {
      stream.on('data', (text: Buffer) => {
        this.#console += text.toString();
      });
    }
    await eventually(
      () => (nspawn.exitCode === null ? this.run('systemctl is-system-running') : this.#hasEnded()),
      // Degraded is a box of which some unit cannot work in a container.
      ({ output }) => /^(running|degraded)/.test(output),
      BOOT_MS,
    );
  }

  /** Runs a line of bash in the box, outside of every unit. */
  run(line: string, { timeoutMs = 240_000 }: Readonly<{ timeoutMs?: number }> = {}): Answer {
    const leader = this.#leader();
    if (leader === null) return { status: -1, output: 'the box has not started' };
    // In a session of its own: a signal to "its" group, as of kill 0, must not reach the group of the tests.
    const { status, stdout, stderr } = spawnSync(
      'setsid',
      ['--wait', 'nsenter', '--target', leader, '--all', 'env', '-i', ...ENVIRONMENT, 'bash', '-c', line],
      { encoding: 'utf8', timeout: timeoutMs },
    );
    return { status: status ?? -1, output: `${stdout}${stderr}`.trim() };
  }

  /** As `run`, for what must succeed. */
  must(line: string): string {
    const { status, output } = this.run(line);
    if (status !== 0) throw new Error(`in the box: ${line}\nexit ${status}: ${output}\n${this.#console.slice(-2000)}`);
    return output;
  }

  /** Puts a file of this machine into the box. */
  put(from: string, to: string): void {
    cpSync(from, join(this.root, to), { recursive: true });
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Forgets everything. */
  async close(): Promise<void> {
    await this.powerOff();
    const mounts = [this.root, join(this.#folder, 'written')];
    const failed = mounts.filter((mount) => spawnSync('umount', ['--lazy', mount]).status !== 0);
    // What is still mounted is not to be removed through the mount.
    if (failed.length === 0) rmSync(this.#folder, { recursive: true, force: true });
  }

  async powerOff(): Promise<void> {
    const nspawn = this.#nspawn;
    this.#nspawn = null;
    if (nspawn === null || nspawn.exitCode !== null) return;
    const ended = once(nspawn, 'exit');
    // What systemd takes as the request to power off: systemd(1), SIGRTMIN+4; nspawn passes it on for SIGTERM.
    nspawn.kill('SIGTERM');
    const hasEnded = await Promise.race([
      ended.then(() => true),
      eventually(
        () => nspawn.exitCode,
        (code) => code !== null,
        30_000,
      ).catch(() => false),
    ]);
    if (hasEnded === false) nspawn.kill('SIGKILL');
    await ended;
  }

  #hasEnded(): never {
    throw new Error(`the box does not boot: ${this.#console.slice(-4000)}`);
  }

  /** The process that is number 1 in the box. */
  #leader(): string | null {
    const pid = this.#nspawn?.pid;
    if (pid === undefined) return null;
    const children = spawnSync('pgrep', ['--parent', String(pid)], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    return children[0] || null;
  }
}

const ENVIRONMENT = [
  'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
  'LC_ALL=C.UTF-8',
  'DEBIAN_FRONTEND=noninteractive',
  'TERM=dumb',
];

function whyNot(): string {
  if (process.getuid?.() !== 0) return ' (only root can boot one)';
  const missing = ['systemd-nspawn', 'mmdebstrap', 'nsenter'].filter((name) => spawnSync('which', [name]).status !== 0);
  return missing.length === 0 ? '' : ` (needs ${missing.join(' and ')})`;
}
