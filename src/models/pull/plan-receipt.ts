// Decides what a server's answer to a request for a file, or for the rest of it, is good for.
import { STATUS_CODES } from 'node:http';

export type Answer = Readonly<{ statusCode: number; contentRange: string | null; contentLength: string | null }>;
export type Receipt =
  /** The body begins at byte `from` of a file that has `bytes` bytes in all, if the server says so. */
  | Readonly<{ from: number; bytes: number | null }>
  /** `misfit`: what we have cannot be continued here, but the whole may be there. */
  | Readonly<{ problem: string; misfit: boolean }>;

/** `have` is the number of bytes that we have already and did not ask for. */
export function planReceipt({ statusCode, contentRange, contentLength }: Answer, have: number): Receipt {
  if (statusCode === 200) return { from: 0, bytes: contentLength === null ? null : Number(contentLength) };
  if (statusCode === 206) {
    // RFC 9110, 14.4: the total may be unknown, written as *.
    const [, from, total] = contentRange?.match(/^bytes (\d+)-\d+\/(\d+|\*)$/) ?? [];
    if (Number(from) !== have) return { problem: 'answered with another part than was asked for', misfit: true };
    return { from: have, bytes: total === '*' ? null : Number(total) };
  }
  if (statusCode === 416) return { problem: `has no more than ${have} bytes`, misfit: true };
  if (statusCode >= 300 && statusCode < 400) return { problem: 'redirects again and again', misfit: false };
  const words = STATUS_CODES[statusCode];
  return { problem: `answered ${statusCode}${words === undefined ? '' : ` ${words}`}`, misfit: false };
}
