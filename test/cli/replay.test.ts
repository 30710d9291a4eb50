// onlooker replay plays a recording through everything and tells what came of it.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recordLobby } from '../daemon/busy-lobby.ts';
import { recordingOf } from '../daemon/daemon-rig.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

it('sums up as JSON what it saw and stored, the same each time', async () => {
  const path = await recordLobby();
  const summaries = [];
  for (const state of [tempFolder(), tempFolder()]) {
    const { code, stdout, stderr } = await runInProcess(
      'replay',
      path,
      '--state',
      state,
      '--config',
      quiet(),
      '--json',
    );
    expect([code, stderr]).toEqual([0, '']);
    const { stateFolder, ...summary } = JSON.parse(stdout);
    expect(stateFolder).toBe(state);
    expect(readdirSync(state)).toContain('onlooker.sqlite');
    summaries.push(summary);
  }
  expect(summaries[0]).toEqual(summaries[1]);
  expect(summaries[0]).toMatchObject({ recording: path, session: 'lobby1', looksMissing: 0, rollupsStored: 4 });
});

it('tells the same in words', async () => {
  const visitor = walkPast({ from: 0, until: 5000, looksAt: [0, 2000] });
  const path = await recordingOf({ header: headerOf(), observations: film([visitor], { until: 8000 }) });
  const { code, stdout } = await runInProcess('replay', path, '--state', tempFolder(), '--config', quiet());
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Recording \/.*\nBroker +mqtt:.*\nWatch +mosquitto_sub .*\nState +npx onlooker stats .*\.yaml\n\n/,
  );
  expect(stdout).toMatch(/^frames +80$/m);
  expect(stdout).toMatch(/^viewers +1$/m);
  expect(stdout).toMatch(/^personSeconds +5$/m);
  expect(stdout).toMatch(/^attentionSeconds +2$/m);
});

it('played again it is a session of its own for players that run on, and the visits are the same', async () => {
  const visitor = walkPast({ from: 0, until: 9000 });
  const path = await recordingOf({ header: headerOf(), observations: film([visitor], { until: 10_000 }) });
  const [first, second] = [await heardOf(path), await heardOf(path)];
  expect(new Set(first.sessions).size).toBe(1);
  expect(new Set([...first.sessions, ...second.sessions]).size).toBe(2);
  expect(first.viewers.at(-1)).toContain('onlooker.viewer.left.v1');
  expect(second.viewers.at(-1)).toBe(first.viewers.at(-1));
});

it('is heard at its own broker, whatever the configuration says of another one', async () => {
  const visitor = walkPast({ from: 0, until: 9000 });
  const path = await recordingOf({ header: headerOf(), observations: film([visitor], { until: 10_000 }) });
  const elsewhere =
    '  url: mqtt://broker.example\n  username: door\n  passwordFile: mqtt-password\n  protocolVersion: 5\n';
  const { sessions, stdout } = await heardOf(path, elsewhere);
  expect(new Set(sessions).size).toBe(1);
  expect(stdout).toMatch(/^Watch +mosquitto_sub -h 127\.0\.0\.1 -p \d+ -t /m);
});

it('refuses a file that is missing or no recording', async () => {
  const folder = tempFolder();
  const path = join(folder, 'notes.txt');
  writeFileSync(path, 'not a recording\n');
  const missing = await runInProcess('replay', join(folder, 'gone.jsonl'));
  expect([missing.code, missing.stderr]).toEqual([66, expect.stringContaining('Cannot read the recording')]);
  const wrong = await runInProcess('replay', path);
  expect([wrong.code, wrong.stderr]).toEqual([66, expect.stringContaining(`${path}:1: not JSON`)]);
});

it('keeps what came before a broken line, and names the line', async () => {
  const visitor = walkPast({ from: 0, until: 5000 });
  const path = await recordingOf({ header: headerOf(), observations: film([visitor], { until: 3000 }) });
  writeFileSync(path, '{"at":3000}\n', { flag: 'a' });
  const state = tempFolder();
  const { code, stderr } = await runInProcess('replay', path, '--state', state, '--config', quiet());
  expect([code, stderr]).toEqual([66, expect.stringContaining(`${path}:32:`)]);
  const stats = ['stats', '--state', state, '--from', '2026-01-05T00:00Z', '--to', '2026-01-06T00:00Z', '--json'];
  expect(JSON.parse((await runInProcess(...stats)).stdout)).toMatchObject({ amounts: { personSeconds: 3 } });
});

/** What a subscriber hears who comes soon after the start. */
async function heardOf(path: string, more = '') {
  const port = await freePort();
  const done = runInProcess('replay', path, '--speed', '20', '--config', quiet(port, more));
  const subscribe = () => collectMessages(`mqtt://127.0.0.1:${port}`).catch(() => null);
  const collector = await eventually(subscribe, (subscribed) => subscribed !== null);
  const { code, stdout } = await done;
  expect(code).toBe(0);
  const live = ['availability', 'now', 'health'].flatMap((topic) => collector?.on(topic) ?? []);
  return {
    stdout,
    sessions: live.map(({ text }) => JSON.parse(text).session),
    viewers: collector?.on('viewer').map(({ text }) => text) ?? [],
  };
}

function quiet(port = 0, more = ''): string {
  const folder = tempFolder();
  const path = join(folder, 'onlooker.yaml');
  writeFileSync(join(folder, 'mqtt-password'), 's3cret\n', { mode: 0o600 });
  writeFileSync(path, `mqtt:\n  port: ${port}\n${more}log:\n  level: silent\n`);
  return path;
}
