// Text for a terminal: colors that may be off, and columns of a fixed width that colors do not count in.

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan' | 'magenta' | 'blue';
export type Paint = (style: Style, text: string) => string;

/** Select Graphic Rendition of ECMA-48: how a style begins and ends. */
const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};
const ESCAPE = '\u001b[';
const RESET = `${ESCAPE}0m`;
const SEQUENCE = new RegExp(`(${ESCAPE.replace('[', '\\[')}\\d+m)`);

export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (style, text) => {
    const [begin, end] = CODES[style];
    return `${ESCAPE}${begin}m${text}${ESCAPE}${end}m`;
  };
}

/** Exactly `width` columns: longer text is cut with an ellipsis. */
export function left(text: string, width: number): string {
  const fitting = cut(text, width);
  return fitting + ' '.repeat(Math.max(0, width - visibleLength(fitting)));
}

export function right(text: string, width: number): string {
  const fitting = cut(text, width);
  return ' '.repeat(Math.max(0, width - visibleLength(fitting))) + fitting;
}

export function visibleLength(text: string): number {
  return tokens(text).filter((token) => !token.startsWith(ESCAPE)).length;
}

/** At most `width` columns; escape sequences take none. */
export function cut(text: string, width: number): string {
  if (visibleLength(text) <= width) return text;
  let columns = 0;
  let kept = '';
  for (const token of tokens(text)) {
    if (!token.startsWith(ESCAPE)) columns += 1;
    if (columns >= width) break;
    kept += token;
  }
  const ended = width > 0 ? `${kept}…` : '';
  return kept.includes(ESCAPE) ? ended + RESET : ended;
}

/** Escape sequences and single characters. */
function tokens(text: string): readonly string[] {
  return text.split(SEQUENCE).flatMap((part) => (part.startsWith(ESCAPE) ? [part] : [...part]));
}
