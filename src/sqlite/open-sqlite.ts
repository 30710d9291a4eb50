// Opens SQLite so that none of its objects becomes garbage while the process lives.
import Database from 'better-sqlite3';

/**
 * Since Node 24.19 the process aborts when better-sqlite3's statements are collected while no JavaScript runs
 * ("RemoveEnvironmentCleanupHook … Assertion failed: (env) != nullptr"). Few are made, and they are wanted to the end anyway.
 */
const kept: object[] = [];

export function openSqlite(path: string, options: Database.Options): Database.Database {
  const database = new Database(path, options);
  const prepare = database.prepare.bind(database);
  const prepareKept = (source: string) => {
    const statement = prepare(source);
    kept.push(statement);
    return statement;
  };
  // The parameters of a statement are in the type that its caller gives.
  database.prepare = prepareKept as typeof database.prepare;
  database.pragma = (source, { simple = false } = {}) => {
    const statement = prepareKept(`PRAGMA ${source}`);
    if (!statement.reader) return statement.run();
    return simple ? statement.pluck().get() : statement.all();
  };
  kept.push(database);
  return database;
}
