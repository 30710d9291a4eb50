// Draws a frame of I420 with the characters of a terminal: half blocks in color, or letters where there is none.
import { type FrameShape, type Plane, planesOf } from '../sensor/luma.ts';
import type { Canvas } from '../setup/still-options.ts';

type Color = Readonly<{ red: number; green: number; blue: number }>;

/** In a terminal a character is about twice as high as wide, so half of one is a square. */
const SQUARES_PER_CHARACTER = 2;

/** Lines of text, each with its end. */
export function drawBlocks(bytes: Uint8Array, shape: FrameShape, { columns, rows, colors }: Canvas): string {
  const scale = Math.min(columns / shape.width, (rows * SQUARES_PER_CHARACTER) / shape.height);
  const across = Math.max(1, Math.floor(shape.width * scale));
  const down = Math.max(1, Math.round((shape.height * scale) / SQUARES_PER_CHARACTER));
  const planes = planesOf(shape);
  const line = (row: number): string => {
    const characters = Array.from({ length: across }, (_, column) => {
      const square = (half: number) =>
        colorAt(bytes, planes, column / across, (row + half / 2) / down, 1 / across, 0.5 / down);
      return colors === 'none'
        ? letterFor(square(0), square(1))
        : `${code(38, square(0), colors)}${code(48, square(1), colors)}▀`;
    });
    return `${characters.join('')}${colors === 'none' ? '' : RESET}\n`;
  };
  return Array.from({ length: down }, (_, row) => line(row)).join('');
}

/** Select Graphic Rendition: ECMA-48, with the colors of ISO 8613-6. */
const ESCAPE = '\u001b[';
const RESET = `${ESCAPE}0m`;

/** From dark to bright, on a dark ground. */
const LETTERS = ' .:-=+*#%@';

function letterFor(upper: Color, lower: Color): string {
  const bright = (brightness(upper) + brightness(lower)) / 2 / 256;
  return LETTERS[Math.floor(bright * LETTERS.length)] ?? ' ';
}

function brightness({ red, green, blue }: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** `ground` is 38 for what is drawn and 48 for what lies behind it. */
function code(ground: 38 | 48, color: Color, colors: 'all' | '256'): string {
  const { red, green, blue } = color;
  return colors === 'all'
    ? `${ESCAPE}${ground};2;${red};${green};${blue}m`
    : `${ESCAPE}${ground};5;${paletteIndex(color)}m`;
}

/** Of the 256 colors the last 24 are grays from 8 in steps of 10, those before a cube of 6 × 6 × 6 (xterm, ctlseqs). */
function paletteIndex(color: Color): number {
  const { red, green, blue } = color;
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 12) {
    return 232 + Math.min(23, Math.max(0, Math.round((brightness(color) - 8) / 10)));
  }
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => (part < 48 ? 0 : part < 115 ? 1 : (part - 35) / 40));
  return 16 + 36 * Math.floor(r) + 6 * Math.floor(g) + Math.floor(b);
}

/** The mean of a rectangle given in shares of the picture. */
function colorAt(
  bytes: Uint8Array,
  planes: ReturnType<typeof planesOf>,
  x: number,
  y: number,
  width: number,
  height: number,
): Color {
  const [luma = 16, blueness = 128, redness = 128] = planes.map((plane) => mean(bytes, plane, x, y, width, height));
  // ITU-R BT.601, limited range.
  const bright = 1.164 * (luma - 16);
  return {
    red: byte(bright + 1.596 * (redness - 128)),
    green: byte(bright - 0.813 * (redness - 128) - 0.392 * (blueness - 128)),
    blue: byte(bright + 2.017 * (blueness - 128)),
  };
}

function mean(bytes: Uint8Array, plane: Plane, x: number, y: number, width: number, height: number): number {
  const [left, right] = span(x, width, plane.width);
  const [top, bottom] = span(y, height, plane.height);
  let sum = 0;
  for (let row = top; row < bottom; row += 1) {
    const from = plane.from + row * plane.strideBytes;
    for (let column = left; column < right; column += 1) sum += bytes[from + column] ?? 0;
  }
  return sum / ((right - left) * (bottom - top));
}

/** At least one pixel. */
function span(from: number, length: number, size: number): readonly [number, number] {
  const first = Math.min(size - 1, Math.floor(from * size));
  return [first, Math.min(size, Math.max(first + 1, Math.floor((from + length) * size)))];
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
