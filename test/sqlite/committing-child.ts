// Commits one minute after the other until it is killed, and says on stdout which commit has returned.
import { writeSync } from 'node:fs';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { part } from './parts.ts';

const [path = '', session = '', first = '0'] = process.argv.slice(2);
const store = new RollupStore(openDatabase(path, 0).database);
store.recover(0);
for (let minute = Number(first); ; minute += 1) {
  store.commit({ closed: [part(minute, minute, { session })], open: [part(minute + 1, 1, { session })] }, 0);
  writeSync(1, `${minute}\n`);
}
