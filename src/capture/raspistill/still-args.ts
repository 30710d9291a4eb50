// Says in the words of each program what node-raspistill asks raspistill for.
import { exposureArgs } from '../rpicam.ts';
import type { StillProgram } from './photograph-options.ts';

/** What node-raspistill writes for the options in use; it knows no way to choose among cameras. */
export function stillArgs(program: StillProgram, index: number, args: readonly string[]): readonly string[] {
  if (program === 'raspistill') return ['-cs', String(index), ...args];
  return ['-v', '0', '--camera', String(index), ...translated(args)];
}

/** Each flag of raspistill with what it means to rpicam-still; `-h` is help there. */
const TRANSLATIONS: Readonly<Record<string, (value: string) => readonly string[]>> = {
  '-e': (value) => ['-e', value],
  '-w': (value) => ['--width', value],
  '-h': (value) => ['--height', value],
  '-t': (value) => ['-t', value],
  '-q': (value) => ['-q', value],
  '-o': (value) => ['-o', value],
  '-ex': (value) => exposureArgs({ flickerHz: null, backlight: value === 'backlight' }),
  '-fli': (value) => exposureArgs({ flickerHz: value === '60hz' ? 60 : 50, backlight: false }),
};

function translated(args: readonly string[]): readonly string[] {
  const [flag, value = '', ...others] = args;
  if (flag === undefined) return [];
  if (flag === '-n') return ['-n', ...translated(args.slice(1))];
  const translation = TRANSLATIONS[flag];
  if (translation === undefined) throw new Error(`nobody has said what ${flag} of raspistill means to rpicam-still`);
  return [...translation(value), ...translated(others)];
}
