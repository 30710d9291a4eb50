// Takes the code out of a document, so that tests can compile and run what it shows.
import { readFileSync } from 'node:fs';

/** `remark` is what follows the language. */
export type CodeBlock = Readonly<{ language: string; remark: string; code: string }>;

/** Path from the root of the checkout. */
export function codeBlocksOf(path: string): readonly CodeBlock[] {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(\w*) ?([^\n]*)\n(.*?)^```$/gms)].map(([, language = '', remark = '', code = '']) => ({
    language,
    remark,
    code,
  }));
}
