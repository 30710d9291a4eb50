// Asks yt-dlp where the video of a web page is.
import { execFile } from 'node:child_process';
import { withoutCredentials } from '../capture/address.ts';
import { codeOf } from '../observation/code-of.ts';
import { AnalyzeError } from './analyze-error.ts';

/** Pages of video sites answer slowly. */
const PATIENCE_MS = 60_000;
/** One file with the picture in it, no larger than can be used. */
const FORMAT = 'best[height<=1080]/bestvideo[height<=1080]/best';

/** The address of the video on the page; `reason` says why the page itself cannot be read as a video. */
export function mediaAddress(page: string, reason: string): Promise<string> {
  const name = withoutCredentials(page);
  return new Promise((resolve, reject) => {
    // The page may hold a password or a token, and anybody can read arguments.
    const args = ['--get-url', '--no-playlist', '--format', FORMAT, '--batch-file', '-'];
    const child = execFile('yt-dlp', args, { timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      const address = stdout.split('\n')[0]?.trim() ?? '';
      if (error === null && address !== '') resolve(address);
      else if (codeOf(error) === 'ENOENT') {
        const message = `${name} cannot be read as a video: ${reason}. If it is the page of a video site, install yt-dlp, which finds the video on it.`;
        reject(new AnalyzeError('input', message, { cause: error }));
      } else {
        const complaint = withoutCredentials(stderr.trim().split('\n').at(-1) ?? '') || 'it found none';
        const message = `${name} is no video (${reason}), and yt-dlp finds none on it: ${complaint}`;
        reject(new AnalyzeError('input', message, { cause: error }));
      }
    });
    // One that is not there or ended before says so by its end.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${page}\n`);
  });
}
