// Makes model files: bytes that are the same every time, and what a manifest says of them.
import { createHash } from 'node:crypto';

export function modelBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let i = 0; i < length; i += 1) {
    // The linear congruential generator of ANSI C.
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = state >>> 16;
  }
  return bytes;
}

export function describedFile(name: string, content: Uint8Array) {
  return { name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
