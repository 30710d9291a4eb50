// Tells whether a JPEG file ends before its picture does, which decoders fill up with gray without a word.

const FILL = 0xff;
const START = 0xd8;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

export function isCutShort(bytes: Buffer): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== START) return false;
  // Segments are skipped by their length, since a thumbnail in one of them has an end of its own (ITU T.81, B.1.1.4).
  let position = 2;
  while (bytes[position] === 0xff && bytes[position + 1] !== START_OF_SCAN) {
    if (position + 4 > bytes.length) return true;
    // Any number of fill bytes may stand before a marker (B.1.1.2).
    position += bytes[position + 1] === FILL ? 1 : 2 + bytes.readUInt16BE(position + 2);
  }
  // Within the compressed data a byte of 255 is always followed by 0 or a restart marker.
  return bytes.indexOf(END_OF_IMAGE, position) === -1;
}
