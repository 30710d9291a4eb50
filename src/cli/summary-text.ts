// Writes a summary for a person: a name and its value on each line.

export function summaryText(summary: Readonly<Record<string, string | number | boolean>>): string {
  return `${Object.entries(summary)
    .map(([name, value]) => `${name.padEnd(18)}${value}`)
    .join('\n')}\n`;
}

/** A folder in which the commands that were just printed find something, so that nobody else removes it. */
export function keptText(stateFolder: string): string {
  return `The results stay in ${stateFolder}; remove it when you need them no more.\n`;
}
