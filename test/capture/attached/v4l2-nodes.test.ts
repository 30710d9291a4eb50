// What the kernel tells of video devices may be gone while it is read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { v4l2Nodes } from '../../../src/capture/attached/v4l2-nodes.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { machineOf } from './machine.ts';

test('devices come in the order of their numbers, each with its link', () => {
  const machine = machineOf({ nodes: { video10: 'last', video2: 'first' }, links: { 'usb-first': 'video2' } });
  expect(v4l2Nodes(machine)).toEqual([
    { name: 'first', device: `${machine.devFolder}/video2`, link: `${machine.devFolder}/v4l/by-id/usb-first` },
    { name: 'last', device: `${machine.devFolder}/video10`, link: null },
  ]);
});

test('a link or a name that cannot be read any more is left out, and the others stay', () => {
  const machine = machineOf({ nodes: { video0: 'C920' }, links: { 'usb-c920': 'video0' } });
  // Neither can be read, as those of a camera that was unplugged after it was listed.
  writeFileSync(join(machine.devFolder, 'v4l/by-id/usb-gone'), '');
  mkdirSync(join(machine.sysFolder, 'class/video4linux/video1'));
  expect(v4l2Nodes(machine)).toEqual([
    { name: 'C920', device: `${machine.devFolder}/video0`, link: `${machine.devFolder}/v4l/by-id/usb-c920` },
  ]);
});

test('without a camera neither folder need be there', () => {
  const folder = tempFolder();
  expect(v4l2Nodes({ sysFolder: join(folder, 'sys'), devFolder: join(folder, 'dev') })).toEqual([]);
});
