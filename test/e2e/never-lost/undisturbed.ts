// What a daemon would tell of the day that nobody disturbs.
import { endStream, observe, openStream, type Step } from '../../../src/audience/observe.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { RollupEvent } from '../../../src/contract/event-schemas.ts';
import { rollupEvent } from '../../../src/contract/events.ts';
import { audienceOptions } from '../../../src/daemon/component-options.ts';
import { calendarOf } from '../../../src/daemon/zoned-time.ts';
import type { Observation } from '../../../src/observation/observation.ts';
import { openDatabase } from '../../../src/sqlite/open-database.ts';
import { RollupStore } from '../../../src/sqlite/rollup-store.ts';
import { HEADER, PERIOD_MS, TIMEZONE } from './day.ts';

export function undisturbed(observations: readonly Observation[], path: string): readonly RollupEvent['data'][] {
  const { config } = loadConfig(null, { hostname: 'lobby' });
  const { database } = openDatabase(path, 0);
  const store = new RollupStore(database, calendarOf(TIMEZONE));
  const options = audienceOptions(config);
  let state = openStream(null, HEADER, options);
  const take = (step: Step) => {
    state = step.state;
    if (step.closed.length > 0) store.commit({ closed: step.closed, open: [] }, 0);
  };
  for (const observation of observations) take(observe(state, observation, options));
  take(endStream(state, (observations.at(-1)?.at ?? 0) + PERIOD_MS, options));
  const ever = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const rollups = (['1m', '15m', '1h', '1d'] as const).flatMap((period) => store.rollups(ever, period));
  database.close();
  return rollups.map((rollup) => rollupEvent(rollup, { site: 'local', screen: 'lobby' }, true).data);
}
