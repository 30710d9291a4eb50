// The file of the configuration: what it held before, and how it is replaced without ever being half or wrong.
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isMap, type Values } from '../config/commented-yaml.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadConfig, readConfig } from '../config/load.ts';
import { SetupError } from './setup-error.ts';

export type ConfigFile = Readonly<{
  path: string;
  /** Null where there is none yet. */
  text: string | null;
  /** As far as they can be used. */
  values: Values;
  /** Somebody put something into it that the package did not. */
  isChanged: boolean;
  /** Why it cannot be used; null where it can. */
  problem: string | null;
  mqttPassword: string | null;
  sourcePassword: string | null;
}>;

type Files = Readonly<{
  text: string;
  passwords: readonly Readonly<{ path: string; password: string }>[];
  hostname: string;
  /** Number of the group that may read the configuration; null where it keeps its owner. */
  group: number | null;
  /** The end of the name of the copy. */
  stamp: string;
}>;

const MODE = 0o640;
/** The service is handed them by systemd (LoadCredential). */
const PASSWORD_MODE = 0o600;

/** `packageDigest` is the MD5 of the file that the package brought, as dpkg tells it. Throws a SetupError where it cannot be written. */
export function readConfigFile(path: string, packageDigest: string | null, hostname: string): ConfigFile {
  checkWritable(path);
  const nothing = { path, values: {}, problem: null, mqttPassword: null, sourcePassword: null };
  if (!existsSync(path)) return { ...nothing, text: null, isChanged: false };
  const bytes = readIn(path);
  const text = bytes.toString();
  const isOfPackage = createHash('md5').update(bytes).digest('hex') === packageDigest;
  try {
    const { mqttPassword, sourcePassword } = loadConfig(path, { hostname });
    const raw = readConfig(path);
    // A section whose keys are all commented out reads as null.
    const values = Object.fromEntries(Object.entries(isMap(raw) ? raw : {}).filter(([, value]) => value !== null));
    const isChanged = !isOfPackage && Object.keys(values).length > 0;
    return { ...nothing, text, values, isChanged, mqttPassword, sourcePassword };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ...nothing, text, isChanged: !isOfPackage, problem: error.message };
  }
}

/**
 * Returns the copy of what was there; null where nothing was worth one. Throws a ConfigError, or a SetupError where something
 * cannot be written, and then nothing is replaced.
 */
export function replaceConfigFile(file: ConfigFile, files: Files): string | null {
  const { text, passwords, hostname, group, stamp } = files;
  const { path, isChanged } = file;
  const copy = isChanged && text !== file.text ? `${behind(path)}.${stamp}` : null;
  // The configuration is checked with its passwords in place.
  const before = passwords.map((one) => ({
    path: one.path,
    text: existsSync(one.path) ? readFileSync(one.path) : null,
  }));
  try {
    for (const { path: one, password } of passwords) place(one, `${password}\n`, PASSWORD_MODE, null);
    place(path, text, MODE, ownersOf(path, group), (next) => {
      checkNew(path, next, hostname);
      if (copy !== null) copyFileSync(path, copy, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    for (const one of before) {
      if (one.text === null) rmSync(behind(one.path), { force: true });
      else place(one.path, one.text, PASSWORD_MODE, null);
    }
    throw error;
  }
  return copy;
}

type Owners = Readonly<{ uid: number; gid: number }>;

function ownersOf(path: string, group: number | null): Owners | null {
  if (group !== null) return { uid: process.getuid?.() ?? -1, gid: group };
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

function checkNew(path: string, next: string, hostname: string): void {
  try {
    loadConfig(next, { hostname, credentialsFolder: dirname(path) });
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`The new ${path}`, error.problems, error) : error;
  }
}

const CANNOT_WRITE = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EEXIST'];

/** Under another name until it is whole and `check` has nothing against it. */
function place(
  path: string,
  text: string | Buffer,
  mode: number,
  owners: Owners | null,
  check: (next: string) => void = () => undefined,
): void {
  const target = behind(path);
  const next = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}`);
  try {
    writeFileSync(next, text, { mode, flag: 'wx', flush: true });
    // The umask of whoever runs this may be narrower than the service needs.
    chmodSync(next, mode);
    if (owners !== null) chownSync(next, owners.uid, owners.gid);
    check(next);
    renameSync(next, target);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && CANNOT_WRITE.includes(String(cause.code)))) throw cause;
    throw new SetupError(
      `${path} cannot be replaced: ${cause.message}. Make that place writable (mount -o remount,rw /), and run this again.`,
      { cause },
    );
  } finally {
    rmSync(next, { force: true });
  }
}

/** Before anything is asked. */
function checkWritable(path: string): void {
  const folder = dirname(behind(path));
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) throw new SetupError(`There is no folder ${folder} for ${basename(path)}: make it first.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new SetupError(`${path} is a folder: name a file.`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new SetupError(
      `This user may not write to ${folder}: run it with sudo, or name a file of your own with --config.`,
      { cause },
    );
  }
}

/** The folder may be open to somebody to whom the file is not. */
function readIn(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    const remedy = 'run it with sudo, or name a file of your own with --config.';
    throw new SetupError(`${path} cannot be read (${cause.message}): ${remedy}`, { cause });
  }
}

/** A link stays one, also to what is not there yet: on a system that is read-only it leads to where there is something to write on. */
function behind(path: string, mostLinks = 40): string {
  if (existsSync(path)) return realpathSync(path);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (!isLink || mostLinks === 0) return path;
  return behind(resolve(realpathSync(dirname(path)), readlinkSync(path)), mostLinks - 1);
}
