// Says what a value had to be, where its schema has no words of its own for it.
import type * as z from 'zod';

/** Of zod/v4/locales/en.js, for the issues that are put into words here. */
const WORDS_OF_ZOD = /^(Invalid (input|option)|Too (small|big)): /;

export function issueWords(issue: z.core.$ZodIssue): string {
  if (!WORDS_OF_ZOD.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return `must be ${amount(issue.origin, `${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`)}`;
    case 'too_big':
      return `must be ${amount(issue.origin, `${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}`)}`;
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  int: 'a whole number',
  array: 'a list',
  tuple: 'a list',
  object: 'a map of keys and values',
};

function amount(origin: string, bound: string): string {
  if (origin === 'string') return `text of ${bound} characters`;
  return origin === 'array' ? `a list of ${bound} elements` : bound;
}
