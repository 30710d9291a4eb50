// The whole daemon answers requests from its database, and tells the audience of a play, on its own broker.
import { expect, it } from 'vitest';
import { collectMessages } from '../support/collect-messages.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';
import { recordingOf, replayInto, rigDaemon } from './daemon-rig.ts';

const TOPIC = 'onlooker/v1/local/lobby';

it('sends the rollups of an earlier run once more, with the same ids, and refuses what it cannot do', async () => {
  const stateFolder = tempFolder();
  const visits = [walkPast({ from: 5000, until: 100_000 }), walkPast({ from: 130_000, until: 170_000, track: 2 })];
  const { collector } = await replayInto(
    stateFolder,
    await recordingOf({ header: headerOf(), observations: film(visits) }),
  );
  const first = idsOf(collector.on('rollup/1m').map(({ text }) => text));
  expect(first).toHaveLength(3);

  const { daemon } = await rigDaemon({ stateFolder, session: 's2' });
  const seen = await collectMessages(daemon.brokerUrl);
  const from = new Date(headerOf().wallAtZero).toISOString();
  const to = new Date(headerOf().wallAtZero + 3_600_000).toISOString();
  await seen.say(`${TOPIC}/replay`, { requestId: 'minutes', period: '1m', from, to });
  await seen.see('replay-result', '"requestId":"minutes","state":"done","rollups":3');
  expect(idsOf(seen.on('rollup/1m').map(({ text }) => text))).toEqual(first);
  await seen.say(`${TOPIC}/play`, { playId: 'p-1', content: 'spring', state: 'ended' });
  await seen.say(`${TOPIC}/play`, { playId: 'p-2', content: 'spring', state: 'started' });
  await seen.say(`${TOPIC}/play`, { playId: 'p-2', content: 'spring', state: 'ended' });
  await seen.say(`${TOPIC}/replay`, 'nonsense');
  await seen.see('replay-result', '"refused"');
  expect(daemon.publisher.status().messagesRefused).toBe(2);
  await daemon.stop();
  await seen.see('play-audience', '"playId":"p-2"');
  expect(seen.on('play-audience')).toHaveLength(1);
});

function idsOf(texts: readonly string[]): readonly unknown[] {
  return texts.map((text) => JSON.parse(text).id);
}
