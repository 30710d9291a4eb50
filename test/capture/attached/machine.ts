// A machine of folders and programs of our own, to be searched for cameras.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Machine } from '../../../src/capture/attached/attached-camera.ts';
import { machineWith } from '../../../src/capture/attached/this-machine.ts';
import { addProgram } from '../../support/fake-programs.ts';
import { tempFolder } from '../../support/temp-folder.ts';

export type Parts = Readonly<{
  /** Names of V4L2 devices, as the kernel shows them. */
  nodes?: Readonly<Record<string, string>>;
  /** Links in /dev/v4l/by-id, with the device that each leads to. */
  links?: Readonly<Record<string, string>>;
  /** Devices that may not be opened. */
  closed?: readonly string[];
  /** Programs that are shell scripts; setpriv is there, too. */
  programs?: Readonly<Record<string, string>>;
}>;

export function machineOf({ nodes = {}, links = {}, closed = [], programs = {} }: Parts): Machine {
  const root = tempFolder();
  const write = (path: string, text: string, mode = 0o600) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  for (const [device, name] of Object.entries(nodes)) {
    write(`sys/class/video4linux/${device}/name`, `${name}\n`);
    if (!closed.includes(device)) write(`dev/${device}`, '');
  }
  for (const [link, device] of Object.entries(links)) {
    mkdirSync(join(root, 'dev/v4l/by-id'), { recursive: true });
    symlinkSync(`../../${device}`, join(root, 'dev/v4l/by-id', link));
  }
  mkdirSync(join(root, 'bin'));
  for (const program of ['setpriv', 'cat']) symlinkSync(`/usr/bin/${program}`, join(root, 'bin', program));
  for (const [name, body] of Object.entries(programs)) addProgram(join(root, 'bin'), name, body);
  return machineWith(join(root, 'bin'), join(root, 'sys'), join(root, 'dev'));
}

/** The body of a program that says a text. */
export function saying(text: string, end = ''): string {
  return `cat <<'TEXT'\n${text}\nTEXT\n${end}`;
}
