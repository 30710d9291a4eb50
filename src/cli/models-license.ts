// Says which licenses are accepted by getting nets, and asks where there is somebody to ask.
import { createInterface } from 'node:readline/promises';
import type { NetSpec } from '../models/net-schema.ts';
import { UsageError } from './usage-error.ts';

export type Ask = (question: string) => Promise<string>;

/** Throws a UsageError unless the licenses are accepted. The text goes to standard error, where it is in nobody's way. */
export async function requireConsent(nets: readonly NetSpec[], isAccepted: boolean, ask: Ask | null): Promise<void> {
  process.stderr.write(licenseText(nets));
  if (isAccepted) return;
  if (ask === null) throw new UsageError('Nothing was fetched. Accept the licenses above with --accept-licence.');
  const answer = await ask('Do you accept? [y/N] ');
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new UsageError('Nothing was fetched, since the licenses were not accepted.');
}

/** Null where standard input or error is no terminal. */
export function askOnTerminal(): Ask | null {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    try {
      // The end of the input, or Ctrl-C, is a no.
      return await Promise.race([terminal.question(question), closed]);
    } finally {
      terminal.close();
    }
  };
}

/** Nets with the same terms are named together. */
function licenseText(nets: readonly NetSpec[]): string {
  const byTerms = new Map<string, string[]>();
  for (const { name, license } of nets) {
    const terms = `license: ${license.name}\n  commercial use: ${license.commercialUse}\n  ${license.reason}\n`;
    byTerms.set(terms, [...(byTerms.get(terms) ?? []), name]);
  }
  return [...byTerms].map(([terms, names]) => `${names.join(', ')}\n  ${terms}`).join('');
}
