// Compiles and runs what docs/player.md shows, as somebody would who has installed the package.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { codeBlocksOf } from '../support/code-blocks.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { availability, trigger } from './messages.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const blocks = codeBlocksOf('docs/player.md');
const inLanguage = (language: string) => blocks.filter((block) => block.language === language).map(({ code }) => code);

it('holds only code that is tested: the HTML in test/e2e/player-page.test.ts, the rest here', () => {
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['yaml', 'ts', 'html']));
  expect(inLanguage('html')).toHaveLength(1);
});

it('is understood as a configuration', () => {
  const configs = inLanguage('yaml').map((code) => {
    const path = join(tempFolder(), 'onlooker.yaml');
    writeFileSync(path, code);
    return loadConfig(path, { hostname: 'lobby' }).config;
  });
  expect(configs).toMatchObject([
    { http: { port: 8080 } },
    { mqtt: { webSocketPort: 9001, webSocketOrigins: ['https://player.example', 'null'] } },
  ]);
});

it('compiles with the types of the package, and follows a real broker', async () => {
  const folder = install();
  inLanguage('ts').forEach((code, index) => {
    writeFileSync(join(folder, `block${index}.ts`), code);
  });
  writeFileSync(join(folder, 'misuse.ts'), MISUSE);
  await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc')], { cwd: folder });

  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  const player = spawn(process.execPath, ['block0.js'], { cwd: folder, env: { ...process.env, BROKER: broker.url } });
  onTestFinished(() => {
    player.kill('SIGKILL');
  });
  let said = '';
  player.stdout.on('data', (text) => {
    said += text;
  });
  await eventually(
    () => said,
    (text) => text.includes('default (no daemon has been heard of for this screen)'),
  );
  const client = await mqtt.connectAsync(broker.url);
  onTestFinished(() => client.endAsync(true));
  const prefix = 'onlooker/v1/local/lobby';
  await client.publishAsync(`${prefix}/availability`, JSON.stringify(availability('online')), { qos: 1 });
  await client.publishAsync(`${prefix}/trigger/families`, JSON.stringify(trigger()), { qos: 1 });
  await eventually(
    () => said,
    (text) => text.includes('families (two children are there)'),
  );
  player.kill('SIGTERM');
  await eventually(
    () => player.exitCode,
    (code) => code === 0,
  );
});

/** The size that is told to whoever copies the file. */
it('tells the size of the file for browsers', () => {
  const bytes = readFileSync(join(ROOT, 'dist/player/page/client.js')).length;
  expect(bytes).toBeLessThan(500_000);
  expect(Math.abs(bytes - 450_000)).toBeLessThan(25_000);
});

/** Compiles only where the types of the package are really found, and say that there may be no trigger and no audience. */
const MISUSE = `
import { subscribe } from 'onlooker/player';
const place = { url: 'ws://127.0.0.1', site: 'local', screen: 'lobby' };
// @ts-expect-error
subscribe({ ...place, onChange: ({ trigger }) => trigger.length });
// @ts-expect-error
subscribe({ ...place, onChange: ({ audience }) => audience.present });
`;

/** A folder in which the package is installed as npm does it for a checkout: by a link. */
function install(): string {
  const folder = tempFolder();
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['onlooker', '@types']) {
    symlinkSync(name === 'onlooker' ? ROOT : join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', types: ['node'], skipLibCheck: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return folder;
}
