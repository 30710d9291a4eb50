// The page on troubleshooting has an entry for every alert, and none for an alert that is never told.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALERT_NAMES } from '../../src/contract/alerts.ts';
import { ROOT } from './files.ts';

test('every alert has a row on the page, and every row is an alert', () => {
  const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| .+ \| .+ \| .+ \|$/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual([...ALERT_NAMES].sort());
});
