// Encodes frames into a film by ffmpeg.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { dyingWithUs, lastWords } from '../capture/child-program.ts';
import { FFMPEG, QUIET_ARGS } from '../capture/ffmpeg.ts';
import type { CaptureSource } from '../capture/source.ts';
import { AnalyzeError } from './analyze-error.ts';

export class FilmWriter {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #complaints = '';

  /** `name` is what the file is called when something is said about it. */
  constructor(path: string, name: string, { frame, periodMs, live }: CaptureSource) {
    this.#name = name;
    const { width, height } = frame;
    const raw = ['-f', 'rawvideo', '-pixel_format', 'bgr24', '-video_size', `${width}x${height}`];
    // Frames of a camera come when they come.
    const rate = ['-framerate', String(1000 / periodMs), ...(live ? ['-use_wallclock_as_timestamps', '1'] : [])];
    // Left alone, ffmpeg 5 keeps the rate of the camera in an mp4, and ffmpeg 7 does not.
    const container = ['-fps_mode', 'cfr', '-movflags', '+faststart'];
    // What every player can show; veryfast costs less than finding the faces does.
    const encoding = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'];
    const args = [...QUIET_ARGS, '-y', ...raw, ...rate, '-i', 'pipe:0', ...encoding, ...container];
    this.#child = spawn(...dyingWithUs(FFMPEG, [...args, `file:${path}`]), {
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#complaints = lastWords(this.#complaints, chunk);
    });
    // A program that died says why by its exit, not by its broken pipe.
    this.#child.stdin?.on('error', () => undefined);
    this.#ended = once(this.#child, 'close');
  }

  /** Blue, green, red, row by row; waits while the encoder is behind. */
  async write(pixels: Buffer): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.stdin?.writable !== true) throw await this.#failure();
    const { stdin } = this.#child;
    if (!stdin.write(pixels)) await drained(stdin);
  }

  /** Completes the film. */
  async close(): Promise<void> {
    this.#child.stdin?.end();
    await this.#ended;
    // Told to speak of errors only, ffmpeg may still end with 0 when there was no room for the end of the film.
    if (this.#child.exitCode !== 0 || this.#complaints !== '') throw await this.#failure();
  }

  async abandon(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #failure(): Promise<AnalyzeError> {
    await this.#ended;
    // The reason without the name, which is that of the unfinished file.
    const why = this.#complaints.trim().split(': ').at(-1) || `ffmpeg ended with ${this.#child.exitCode}`;
    return new AnalyzeError('output', `${this.#name} cannot be written: ${why}. Name another place with --out.`);
  }
}

/** Or closed, as by an encoder that died. */
async function drained(stream: Writable): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]).catch(() => undefined);
  over.abort();
}
