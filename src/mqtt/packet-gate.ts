// Cuts a client at a packet that announces more bytes than are taken, before any of it is kept.
import type { Duplex } from 'node:stream';

/** The type and the flags; then seven bits of the length in each byte, the lowest first: MQTT 3.1.1 section 2.2, MQTT 5 section 2.1. */
const TYPE_BYTES = 1;
const LENGTH_BASE = 128;

/** Watches what is read of the connection; `refused` is told before it is cut. A stream of its own between would cost each message. */
export function limitPackets(connection: Duplex, maxBytes: number, refused: (reason: string) => void): void {
  const read = connection.read.bind(connection);
  const tooLarge = largerThan(maxBytes);
  connection.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    const bytes = Buffer.isBuffer(chunk) ? tooLarge(chunk) : null;
    if (bytes === null) return chunk;
    refused(`a packet of ${bytes} bytes; at most ${maxBytes} are taken`);
    connection.destroy();
    return null;
  };
}

/** Reads on with each chunk, and returns the length of the first packet that is larger; null when none is. */
function largerThan(maxBytes: number): (chunk: Buffer) => number | null {
  /** Bytes of the packet that are still to come behind its header. */
  let left = 0;
  let length = 0;
  /** Bytes of the header that were seen. */
  let seen = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (left > 0) {
        const passing = Math.min(left, chunk.length - at);
        left -= passing;
        at += passing;
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (seen >= TYPE_BYTES) length += (byte % LENGTH_BASE) * LENGTH_BASE ** (seen - TYPE_BYTES);
      seen += 1;
      if (seen <= TYPE_BYTES || byte >= LENGTH_BASE) continue;
      if (length > maxBytes) return length;
      left = length;
      length = 0;
      seen = 0;
    }
    return null;
  };
}
