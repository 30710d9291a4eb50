// Finds the development data beside the checkout; tests that need it skip, saying so, where it is absent.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of a file in the shared data folder, or null when it is not there. ONLOOKER_SHARED overrides the place. */
export function sharedPath(...parts: readonly string[]): string | null {
  const root = process.env['ONLOOKER_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
  const path = [root, ...parts].join('/');
  return existsSync(path) ? path : null;
}
