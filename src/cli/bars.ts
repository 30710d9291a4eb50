// Horizontal bars in eighths of a column.

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar for a part of a whole, never longer than `width`; anything above zero shows at least an eighth. */
export function bar(part: number, whole: number, width: number): string {
  const share = width > 0 && whole > 0 && part > 0 ? Math.min(1, part / whole) : 0;
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}
