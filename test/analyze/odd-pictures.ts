// Makes JPEG files that cameras and presses make: with an orientation, and in the four colors of print.

const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const START_OF_FRAME = 0xc0;
const START_OF_SCAN = 0xda;

/** The picture with an orientation of 1 to 8 noted in it (Exif 2.3, tag 274), after its header. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  return Buffer.concat([START, segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff])), jpeg.subarray(2)]);
}

/**
 * A baseline JPEG of one component becomes one of four, cyan, magenta and yellow its negative and no black: the same compressed
 * data four times in scans of their own (ITU T.81, B.2.3).
 */
export function inPrintColors(gray: Buffer): Buffer {
  const segments = segmentsOf(gray);
  const tables = segments.filter(({ marker }) => marker === 0xdb || marker === 0xc4);
  const frame = segments.find(({ marker }) => marker === START_OF_FRAME)?.body ?? Buffer.alloc(0);
  const scan = segments.find(({ marker }) => marker === START_OF_SCAN);
  const components = [1, 2, 3, 4].flatMap((id) => [id, 0x11, 0]);
  const frameOfFour = Buffer.concat([frame.subarray(0, 5), Buffer.from([4, ...components])]);
  // Adobe's marker: colors are stored inverted, not transformed.
  const adobe = segment(0xee, Buffer.from([...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]));
  const scans = [1, 2, 3, 4].map((id) =>
    Buffer.concat([segment(START_OF_SCAN, Buffer.from([1, id, 0, 0, 63, 0])), scan?.data ?? Buffer.alloc(0)]),
  );
  const head = tables.map(({ marker, body }) => segment(marker, body));
  return Buffer.concat([START, adobe, ...head, segment(START_OF_FRAME, frameOfFour), ...scans, END]);
}

type Segment = Readonly<{ marker: number; body: Buffer; data: Buffer }>;

function segmentsOf(jpeg: Buffer): readonly Segment[] {
  const found: Segment[] = [];
  for (let at = 2; at + 4 <= jpeg.length; ) {
    const marker = jpeg[at + 1] ?? 0;
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    const isScan = marker === START_OF_SCAN;
    const data = isScan ? jpeg.subarray(end, jpeg.lastIndexOf(END)) : Buffer.alloc(0);
    found.push({ marker, body: jpeg.subarray(at + 4, end), data });
    if (isScan) break;
    at = end;
  }
  return found;
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
