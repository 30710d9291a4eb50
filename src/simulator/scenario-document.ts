// Writes the reference of scenario files from their schema.
import { keyTreeOf } from '../config/key-tree.ts';
import { keyReference } from '../config/reference.ts';
import { scenarioSchema } from './scenario-schema.ts';

/** The text of docs/scenario.md. */
export function scenarioDocument(): string {
  return [
    '# Scenario files',
    '',
    'This page is generated from `src/simulator/scenario-schema.ts`; do not edit it by hand. How to use scenarios is told in',
    '[simulator.md](simulator.md).',
    '',
    'A scenario is a YAML file. Every key is optional and an empty file is valid: nobody comes. An unknown key, a wrong type or',
    'an impossible value stops the start with exit code 78, and every problem is listed. Two numbers in brackets are the least',
    'and the most, and what lies between is drawn evenly.',
    '',
    ...keyReference(keyTreeOf(scenarioSchema)),
    '',
  ].join('\n');
}
