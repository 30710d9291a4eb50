// Drops the acknowledgments (PUBACK) out of what a broker sends; the same in MQTT 3.1.1 and 5.
import { Transform } from 'node:stream';

/** MQTT 3.1.1 and 5, section 2.1.2: the type is in the upper half of the first byte. */
const PUBACK = 4;
/** Section 2.1.4 (3.1.1: 2.2.3): seven bits of the length in each byte, the lowest first; the eighth says that more follow. */
const MORE = 0x80;

export function withoutAcknowledgments(drops: () => boolean): Transform {
  let rest: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      rest = Buffer.concat([rest, chunk]);
      for (let size = packetSize(rest); size !== null; size = packetSize(rest)) {
        const packet = rest.subarray(0, size);
        rest = rest.subarray(size);
        if (!(drops() && (packet[0] ?? 0) >> 4 === PUBACK)) this.push(packet);
      }
      done();
    },
  });
}

/** Null while the packet is not here whole. */
export function packetSize(bytes: Buffer): number | null {
  let length = 0;
  for (let index = 1; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    length += (byte & ~MORE) * MORE ** (index - 1);
    if ((byte & MORE) === 0) return index + 1 + length <= bytes.length ? index + 1 + length : null;
  }
  return null;
}
