// The page on troubleshooting has an entry for every alert, check, exit code, refusal and warning, and none that nobody tells.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT_MEANINGS } from '../../src/cli/exit-code.ts';
import { ALERT_NAMES } from '../../src/contract/alerts.ts';
import { ROOT, repositoryFiles } from './files.ts';

const page = read('docs/troubleshooting.md');
const sources = repositoryFiles()
  .filter((path) => /^src\/.*\.ts$/.test(path) && existsSync(join(ROOT, path)))
  .map(read)
  // As it is told: a long message is written in several pieces.
  .map((text) => text.replaceAll(/['`]\s*\+\s*['`]/g, ''));

test('every alert has a row, and every row is an alert', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| .+ \| .+ \| .+ \|$/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual([...ALERT_NAMES].sort());
});

test('every check of the doctor has a row, and every row is a check', () => {
  const [names = ''] = /type CheckName =[^;]+;/.exec(read('src/doctor/finding.ts')) ?? [];
  const checks = [...names.matchAll(/'([a-z]+)'/g)].map(([, name]) => name);
  const rows = [...part('First run onlooker doctor').matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name);
  expect(checks.length).toBeGreaterThan(10);
  expect(rows.sort()).toEqual(checks.sort());
});

test('every exit code has a row, and every row is one', () => {
  const rows = [...part('Exit codes').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(rows).toEqual(EXIT_MEANINGS.map(([code]) => code));
});

test('the codes after which the service stays stopped are those of its unit', () => {
  const stays = [...part('Exit codes').matchAll(/^\| (\d+) \| .+ \| Stays stopped/gm)].map(([, code]) => code);
  expect(read('systemd/onlooker.service')).toContain(`\nRestartPreventExitStatus=${stays.join(' ')}\n`);
});

test('every refusal of install.sh has a row with its code, and every row is one', () => {
  const refusals = [...read('deploy/install.sh').matchAll(/\brefuse (?=\d)(.+)/g)].map(([, call = '']) => call);
  const rows = [...part('While installing').matchAll(/^\| (\d+) \| (.+?) \|/gm)];
  const messages = rows.flatMap(([, code = '', cell = '']) => messagesIn(cell).map((text) => ({ code, text })));
  const isTold = (call: string, { code, text }: (typeof messages)[number]) =>
    call.startsWith(`${code} `) && text.split('…').every((words) => call.includes(words));
  expect(refusals.length).toBeGreaterThan(10);
  expect(refusals.filter((call) => !messages.some((message) => isTold(call, message)))).toEqual([]);
  expect(messages.filter((message) => !refusals.some((call) => isTold(call, message)))).toEqual([]);
});

test('every warning and error of the journal has a row', () => {
  const messages = sources.flatMap((text) =>
    [...text.matchAll(/[lL]ogger\.(?:warn|error)\(([\s\S]*?)\);?\n/g)].flatMap(([, call = '']) =>
      [...call.matchAll(/'([^']+)'/g)].map(([, message = '']) => message),
    ),
  );
  const rows = messagesIn(part('Warnings and errors in the journal'));
  expect(messages.length).toBeGreaterThan(20);
  expect(messages.filter((message) => !rows.includes(message))).toEqual([]);
});

test('every message on the page is one that the program says', () => {
  const said = ['While setting up', 'When the daemon does not start', 'Warnings and errors in the journal']
    .flatMap((title) =>
      part(title)
        .split('\n')
        .filter((line) => line.startsWith('| `')),
    )
    .flatMap((row) => messagesIn(row.split(' | ')[0] ?? ''));
  expect(said.length).toBeGreaterThan(40);
  const invented = said.filter((message) => !isSomewhere(message));
  expect(invented).toEqual([]);
});

/** Between its gaps word for word, all in one file. */
function isSomewhere(message: string): boolean {
  const pieces = message.split('…').map((words) => words.trim());
  return sources.some((text) => pieces.every((words) => text.includes(words)));
}

function messagesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message);
}

/** From its heading to the next one. */
function part(title: string): string {
  const [, text = ''] = page.split(`\n## ${title}\n`);
  return text.split('\n## ')[0] ?? '';
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
