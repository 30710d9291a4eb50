// What the terminal on standard output can show.

export type Terminal = Readonly<{ columns: number; color: boolean }>;

/** Colors unless NO_COLOR is set (no-color.org) or the output is no terminal; 80 columns where the width is unknown. */
export function terminal(): Terminal {
  const { isTTY, columns } = process.stdout;
  return { columns: columns ?? 80, color: isTTY === true && (process.env['NO_COLOR'] ?? '') === '' };
}
