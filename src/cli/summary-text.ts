// Writes a summary for a person: a name and its value on each line.

export function summaryText(summary: Readonly<Record<string, string | number>>): string {
  return `${Object.entries(summary)
    .map(([name, value]) => `${name.padEnd(18)}${value}`)
    .join('\n')}\n`;
}
