// Says whether a TCP port of the loopback can be had and, where it cannot, which program has it and what that has open.

import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, sep } from 'node:path';
import { codeOf } from '../observation/code-of.ts';
import { messageOf } from '../observation/message-of.ts';

export type PortFacts = Readonly<
  | { port: number; state: 'free' }
  /** `holder` is null where this user may not know. */
  | { port: number; state: 'taken'; holder: PortHolder | null }
  | { port: number; state: 'refused'; words: string }
>;

/** The program that listens there. */
export type PortHolder = Readonly<{ command: string; pid: number }>;

const HOST = '127.0.0.1';
const LONGEST_COMMAND = 80;

export async function portFacts(port: number): Promise<PortFacts> {
  const server = createServer();
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return { port, state: 'free' };
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') {
      return { port, state: 'taken', holder: portHolder(port, '/proc') };
    }
    return { port, state: 'refused', words: messageOf(error) };
  }
}

/** `root` is /proc. */
export function portHolder(port: number, root: string): PortHolder | null {
  const tables = ['net/tcp', 'net/tcp6'].map((table) => read(join(root, table)) ?? '');
  const sockets = new Set(tables.flatMap((table) => listening(table, port)).map((inode) => `socket:[${inode}]`));
  const pid = entries(root).find(
    (entry) => /^\d+$/.test(entry) && opened(join(root, entry, 'fd')).some((one) => sockets.has(one)),
  );
  if (pid === undefined) return null;
  const command = (read(join(root, pid, 'cmdline')) ?? '').replaceAll('\0', ' ').trim();
  return { command: command.slice(0, LONGEST_COMMAND), pid: Number(pid) };
}

/** Whether it has a file of this folder open, as a daemon has its state. */
export function hasOpenIn(folder: string, { pid }: PortHolder): boolean {
  if (!existsSync(folder)) return false;
  const inside = `${realpathSync(folder)}${sep}`;
  return opened(`/proc/${pid}/fd`).some((one) => one.startsWith(inside));
}

/** The inodes of sockets that listen: proc_pid_net(5), where the state 0A is LISTEN and addresses are hexadecimal. */
function listening(table: string, port: number): readonly string[] {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && local.endsWith(`:${hexadecimal}`) && inode !== undefined ? [inode] : [];
  });
}

/** What the descriptors of a process lead to. */
function opened(folder: string): readonly string[] {
  return entries(folder).flatMap((descriptor) => {
    try {
      return [readlinkSync(join(folder, descriptor))];
    } catch {
      return []; // closed meanwhile
    }
  });
}

/** Processes come and go, and those of others do not show what they have open. */
function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
