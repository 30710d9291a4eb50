// Checks the database of the daemon: readable, whole, and of a schema that this program knows.
import type { DatabaseCondition } from '../sqlite/inspect-database.ts';
import { type Finding, fail, ok } from './finding.ts';

export type DatabaseFacts = Readonly<{ path: string; condition: DatabaseCondition; daemonRuns: boolean | null }>;

export function judgeDatabase({ path, condition, daemonRuns }: DatabaseFacts): Finding {
  switch (condition.kind) {
    case 'none':
      return ok('database', `there is none yet at ${path}: the first run makes it`);
    case 'damaged':
      return fail('database', condition.words, 'restart the daemon: it sets the file aside and begins a new one');
    case 'refused':
      return fail(
        'database',
        condition.message,
        'run onlooker doctor as the user of the daemon to see what that one sees',
      );
    case 'sound': {
      const { version, newestVersion } = condition;
      const age = version < newestVersion ? `, which the next start brings to ${newestVersion}` : '';
      const use = daemonRuns === true ? 'in use by the running daemon' : 'no daemon uses it';
      return ok('database', `${path} is sound, schema version ${version}${age}, ${use}`);
    }
  }
}
