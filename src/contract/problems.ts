// Says in words what is wrong with what somebody sent or wrote: where, what would be right, and what is there instead.
import type * as z from 'zod';

const LONGEST_VALUE = 80;
/** So much of a value is searched for passwords: what somebody sent may be made to take long. */
const LONGEST_SEARCH = 1000;
/** All problems of a request, in an answer and in a line of the log. */
const LONGEST_TEXT = 400;

/** What is wrong with a request whose schema says in its own words what it wants. */
export function requestProblems({ issues }: Pick<z.ZodError, 'issues'>, raw: unknown): string {
  const problems = issues.map(({ path, message }) => problemText(path, message, valueAt(raw, path)));
  return shortened([...new Set(problems)].join('; '), LONGEST_TEXT);
}

/** `path: message (got value)` */
export function problemText(path: readonly PropertyKey[], message: string, value: unknown): string {
  return `${path.length === 0 ? '' : `${pathText(path)}: `}${message} (got ${valueText(value)})`;
}

export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    // The cast only allows to ask for a key that may not be there.
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
}

export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : jsonText(value);
  const start = text.slice(0, LONGEST_SEARCH);
  const redacted = start.replaceAll(/:\/\/[^\s"]*@/g, '://***@').replaceAll(/(:\/\/[^\s"?]*\?)[^\s"]*/g, '$1***');
  return shortened(redacted, LONGEST_VALUE);
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    // With an alias of YAML a list can be an element of itself.
    if (error instanceof TypeError) return 'a value that holds itself';
    if (error instanceof RangeError) return 'a value that is nested too deeply';
    throw error;
  }
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
