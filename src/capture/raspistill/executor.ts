// Runs the program that takes a photograph, for node-raspistill, and judges by the photograph whether it worked.
import type { IRaspistillExecutor } from 'node-raspistill';
import { collect } from './collect.ts';
import type { StillProgram } from './photograph-options.ts';
import { stillArgs } from './still-args.ts';

/** Start of image and of the first marker after it: ISO/IEC 10918-1, Annex B. */
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * The executor of the package knows only raspistill, waits for ever when it is missing, and takes any word on its standard error
 * for a failure, where rpicam-still gives advice.
 */
export class StillExecutor implements IRaspistillExecutor {
  readonly #program: StillProgram;
  readonly #index: number;
  readonly #stopping = new AbortController();

  constructor(program: StillProgram, index: number) {
    this.#program = program;
    this.#index = index;
  }

  /** Given once nobody wants a photograph any more. */
  get stopped(): AbortSignal {
    return this.#stopping.signal;
  }

  async spawnAndGetImage(args: string[]): Promise<Buffer> {
    const command = [this.#program, ...stillArgs(this.#program, this.#index, args)] as const;
    const { bytes, exitCode, reason } = await collect(command, this.stopped);
    if (exitCode === 0 && bytes.subarray(0, JPEG_START.length).equals(JPEG_START)) return bytes;
    throw new Error(`${this.#program} took no photograph: ${reason}`);
  }

  /** Would write to the disk. */
  exec(): Promise<Buffer> {
    return Promise.reject(new Error('photographs are never saved'));
  }

  spawnAndGetImages(): Promise<void> {
    return Promise.reject(new Error('photographs are taken one by one'));
  }

  killProcess(): void {
    this.#stopping.abort();
  }
}
