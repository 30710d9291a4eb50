// The options that say where frames come from, laid over the configuration.
import { hostname } from 'node:os';
import { loadConfig } from '../config/load.ts';
import { CAMERA_NAME, CAMERA_NAMES } from '../config/source-schema.ts';
import { UsageError } from './usage-error.ts';

export type SourceOptions = Readonly<{ config?: string; input?: string; camera?: string; record?: string }>;

/** The configuration with the source that the command line names, if any. */
export function configured(options: SourceOptions): ReturnType<typeof loadConfig> {
  const host = { hostname: hostname(), credentialsFolder: process.env['CREDENTIALS_DIRECTORY'] };
  const loaded = loadConfig(options.config ?? null, host);
  const { input, camera } = options;
  if (input === undefined && camera === undefined) return loaded;
  if (camera !== undefined && !CAMERA_NAME.test(camera)) {
    throw new UsageError(
      `--camera ${CAMERA_NAMES} (got ${JSON.stringify(camera)}). onlooker cameras lists what is attached.`,
    );
  }
  const source = { ...loaded.config.source, ...NO_SOURCE, input: input ?? null, camera: camera ?? null };
  return { ...loaded, config: { ...loaded.config, source } };
}

/** What says where frames come from in the configuration; its password is for that place alone. */
const NO_SOURCE = {
  ...{ input: null, camera: null, command: null, rowBytes: null, scenario: null },
  ...{ username: null, passwordFile: null },
};
