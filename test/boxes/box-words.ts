// What is done with a box again and again, in words.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, BootedTree } from './booted-tree.ts';

/** The photographs of the demo come with the development packages; no package holds pictures of people. */
const PHOTOGRAPHS = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo', import.meta.url));
const IN_THE_BOX = '/usr/lib/onlooker/node_modules/@vladmandic/face-api/demo';

export function install(box: BootedTree, folder: string): Answer {
  return box.run(
    `apt-get install -y --no-install-recommends --allow-downgrades /packages/${folder}/*.deb </dev/null 2>&1`,
  );
}

/** Puts the photographs of the demo where it looks for them. */
export function onDemoScene(box: BootedTree): void {
  box.must(`mkdir -p ${IN_THE_BOX}`);
  for (const name of readdirSync(PHOTOGRAPHS).filter((file) => file.endsWith('.jpg'))) {
    box.put(join(PHOTOGRAPHS, name), join(IN_THE_BOX, name));
  }
}

/** Whether a message on the topic matches the extended regular expression in that time; heard from outside of the unit. */
export function said(box: BootedTree, topic: string, pattern: string, withinSeconds = 30): boolean {
  // A pipe would wait for the subscriber, which notices that nobody reads only when it has the next message to write.
  const line = `grep -m 1 -E '${pattern}' < <(timeout ${withinSeconds} mosquitto_sub -h 127.0.0.1 -t '${topic}' 2>/dev/null)`;
  // The broker itself may still be starting.
  return box.run(`for try in 1 2 3; do ${line} && exit 0; sleep 1; done; exit 1`).status === 0;
}

export function isActive(box: BootedTree): boolean {
  return box.run('systemctl is-active onlooker').output === 'active';
}

/** The daemon; empty while there is none. */
export function mainPid(box: BootedTree): string {
  const pid = box.run('systemctl show -P MainPID onlooker').output;
  // To systemd no process is process 0; to kill(1), 0 is whoever asks.
  return pid === '0' ? '' : pid;
}
