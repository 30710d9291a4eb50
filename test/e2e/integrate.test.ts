// Every command of docs/integrate.md does what the page says; a scenario is a source of the service, too.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../repo/files.ts';
import { codeBlocksOf } from '../support/code-blocks.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { noMosquitto } from '../support/mosquitto.ts';
import { descendantsOf } from '../support/processes.ts';
import { startProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { newHome } from './home.ts';
import { subscribeTo } from './messages.ts';

type Command = Readonly<{ terminal: string; text: string }>;
type Running = Readonly<{ printed(): string; end(): Promise<void> }>;

/** What is typed into terminal 2, and what it prints. */
const PRINTED: readonly (readonly [command: string, printed: RegExp])[] = [
  ['-v -C 20', /availability \{"state":"online"/],
  ['now -C 3', /"present":\d/],
  // What is published in the very moment of the subscription may come before what was retained.
  ['trigger/standard -F', /^(1 .*\n0|0 .*\n1) /],
  ["trigger/+' -v -C 6", /trigger\/group .*"on":(true|false)/],
  ['plain/trigger', /plain\/trigger\/\w+ (ON|OFF)\n/],
  ['alert/absent', /"alert":"absent"/],
  ['rollup/1m -C 3', /"period":"1m"/],
  ['replay-result', /"requestId":"missed-1","state":"done"/],
  ['stats --state', /"personSeconds"/],
  ['kill -9', /"state":"offline".*\n1 .*"trigger":"standard"/],
  ['--truth', /"personSeconds": \d{3}[\s\S]*\n\d{3}\n$/],
];

it.skipIf(noMosquitto)('the commands of the quick start', { timeout: 180_000 }, async () => {
  const ports = [await freePort(), await freePort()];
  const commands = codeBlocksOf('docs/integrate.md').map(({ remark, code }) => ({
    terminal: remark.replace('terminal ', ''),
    text: code.replaceAll('1883', String(ports[0])).replaceAll('1884', String(ports[1])),
  }));
  const session = openTerminals(tempFolder());
  const printed: string[] = [];
  for (const command of commands) printed.push(await session.type(command));
  for (const [part, expected] of PRINTED) {
    const index = commands.findIndex(({ text }) => text.includes(part));
    expect(printed[index], part).toMatch(expected);
  }
  expect(commands).toHaveLength(20);
});

it('a scenario is measured by the service, without nets or a process of its own', { timeout: 60_000 }, async () => {
  const home = await newHome({ source: { scenario: 'quiet' }, models: { folder: '/nowhere' } });
  const program = startProgram(['run', '--config', home.config], home.env);
  expect(await program.logged('started')).toMatchObject({ source: 'scenario quiet' });
  const messages = await subscribeTo(home.port);
  await messages.see('now', ({ health, present }) => health === 'ok' && present === 1);
  expect(descendantsOf(program.pid)).toEqual([]);
  program.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
});

/** In terminal 2 every command comes to its end; in the others it runs until the next one is typed. */
function openTerminals(folder: string): Readonly<{ type(command: Command): Promise<string> }> {
  const npx = `#!/bin/sh\nshift\nexec '${process.execPath}' '${join(ROOT, 'dist/main.js')}' "$@"\n`;
  writeFileSync(join(folder, 'npx'), npx, { mode: 0o755 });
  const options = { cwd: folder, env: { ...process.env, PATH: `${folder}:${process.env['PATH']}`, TMPDIR: folder } };
  const running = new Map<string, Running>();
  return {
    type: async ({ terminal, text }) => {
      if (terminal === '2') return ended(text.replace('PID', pidIn(running.get('1')?.printed() ?? '')), options);
      await running.get(terminal)?.end();
      const program = started(text, options);
      running.set(terminal, program);
      await eventually(program.printed, (said) => /Process +\d+|running/.test(said));
      return '';
    },
  };
}

function pidIn(printed: string): string {
  return /Process +(\d+)/.exec(printed)?.[1] ?? 'PID';
}

type Options = Readonly<{ cwd: string; env: NodeJS.ProcessEnv }>;

function ended(text: string, options: Options): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('bash', ['-ec', text], { ...options, timeout: 30_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${text}: ${error.message}\n${stdout}\n${stderr}`));
    });
  });
}

function started(text: string, options: Options): Running {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'bash', '-c', `exec ${text}`], options);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  const hasEnded = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await hasEnded;
  });
  return {
    printed: () => printed,
    end: async () => {
      child.kill('SIGINT');
      await hasEnded;
    },
  };
}
