// What node-raspistill asks for, in the words of the program that takes the photograph.
import { Raspistill } from 'node-raspistill';
import { expect, test } from 'vitest';
import { stillArgs } from '../../../src/capture/raspistill/still-args.ts';

const ASKED = '-n -e jpg -w 640 -h 480 -t 1000 -q 90 -fli 50hz -ex backlight -o -'.split(' ');

test('raspistill itself is only told which camera', () => {
  expect(stillArgs('raspistill', 1, ASKED)).toEqual(['-cs', '1', ...ASKED]);
});

test.each(['rpicam-still', 'libcamera-still'] as const)('%s has words of its own', (program) => {
  expect(stillArgs(program, 1, ASKED).join(' ')).toBe(
    '-v 0 --camera 1 -n -e jpg --width 640 --height 480 -t 1000 -q 90 --flicker-period 10000us --ev 1 -o -',
  );
  expect(stillArgs(program, 0, ['-fli', '60hz']).join(' ')).toBe('-v 0 --camera 0 --flicker-period 8333us');
});

test('a word that nobody has translated is an error of ours', () => {
  expect(() => stillArgs('rpicam-still', 0, ['-rot', '90'])).toThrow(/what -rot of raspistill means/);
});

test('these are the words of the package', async () => {
  const asked: string[][] = [];
  const executor = {
    spawnAndGetImage: (args: string[]) => {
      asked.push(args);
      return Promise.resolve(Buffer.alloc(0));
    },
    exec: () => Promise.reject(new Error('it would save a file')),
    spawnAndGetImages: () => Promise.reject(new Error('it would take several')),
    killProcess: () => undefined,
  };
  const options = { noFileSave: true, width: 640, height: 480, time: 1000, quality: 90 } as const;
  await new Raspistill({ ...options, flicker: '50hz', exposure: 'backlight' }, undefined, executor).takePhoto();
  expect(asked.map((args) => [...args].sort())).toEqual([[...ASKED].sort()]);
});
