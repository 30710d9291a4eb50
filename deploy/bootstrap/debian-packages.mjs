// Installs the Debian packages that are missing, without letting a service start.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetUpFailure } from './failure.mjs';

/** @typedef {'demo' | 'test' | 'run'} Purpose */

const BUILD = ['libopencv-dev', 'opencv-data', 'build-essential', 'python3', 'ffmpeg'];
const TEST = [
  ...[
    'mosquitto',
    'socat',
    'strace',
    'systemd',
    'systemd-container',
    'mmdebstrap',
    'util-linux',
    'procps',
    'python3-opencv',
    'xvfb',
  ],
  // A network camera: test/support/rtsp-server.py.
  ...['gir1.2-gst-rtsp-server-1.0', 'python3-gi'],
  // The page of the player is looked at by a browser.
  'chromium',
];
const POLICY = '/usr/sbin/policy-rc.d';
const POLICY_MARK = 'written by the set-up of Onlooker';

/** @param {import('./set-up.mjs').Context} context */
export async function ensureDebianPackages({ purpose, env, report, programs, isTerminal }) {
  const missing = missingPackages(packagesFor(purpose), dpkgList(packagesFor(purpose)));
  if (missing.length === 0 && !isLeftOver(POLICY)) return;
  const isRoot = process.getuid?.() === 0;
  const access = installAccess({
    isRoot,
    hasApt: isOnPath('apt-get', env),
    hasSudo: isOnPath('sudo', env),
    needsNoPassword: () => spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0,
    isTerminal,
  });
  if (access.prefix === null) throw new SetUpFailure(access.problem, manualLine(missing, access.problem === NO_APT));
  if (access.prefix[0] === 'sudo' && access.prefix[1] !== '-n') report.say('sudo may ask for your password');
  const task = report.begin(
    missing.length === 0
      ? `removing ${POLICY}, which a killed set-up left behind`
      : `installing Debian packages (a few minutes): ${missing.join(' ')}`,
  );
  const [command = 'sh', ...args] = [...access.prefix, 'sh', '-c', INSTALL, POLICY, ...missing];
  // Debian's programs finish what they are writing before they stop.
  const { status } = await programs.run(command, args, { keepsTerminal: true }).finally(() => task.end());
  if (status !== 0) {
    throw new SetUpFailure(
      `apt-get could not install ${missing.join(' ')} (exit ${status})`,
      manualLine(missing, false),
    );
  }
}

/** @param {Purpose} purpose */
export function packagesFor(purpose) {
  if (purpose === 'run') return BUILD;
  return purpose === 'demo' ? [...BUILD, 'mosquitto-clients'] : [...BUILD, 'mosquitto-clients', ...TEST];
}

/**
 * @param {readonly string[]} wanted
 * @param {string | null} list of dpkg; null on a system without it
 */
export function missingPackages(wanted, list) {
  const installed = new Set();
  for (const line of (list ?? '').split('\n')) {
    const [name, status] = line.split('\t');
    if (status?.startsWith('ii')) installed.add(name);
  }
  return wanted.filter((name) => !installed.has(name));
}

/**
 * The upstream version: security updates of Debian keep the binary interface.
 * @returns {string | null}
 */
export function opencvVersion() {
  const version = dpkgList(['libopencv-dev'])?.trim().split('\t')[2];
  return version === undefined ? null : upstreamVersion(version);
}

/** @param {string} debianVersion as in `4.6.0+dfsg-12` */
export function upstreamVersion(debianVersion) {
  return debianVersion.replace(/^\d+:/, '').match(/^[\d.]+/)?.[0] ?? null;
}

const NO_APT =
  'Debian packages are missing and there is no apt-get to install them (Onlooker is made for Debian 12 and 13)';
const NO_RIGHT = 'Debian packages are missing and only root may install them';

/**
 * What stands before the command that installs, or why there is none.
 * @param {{ isRoot: boolean, hasApt: boolean, hasSudo: boolean, needsNoPassword(): boolean, isTerminal: boolean }} system
 * @returns {{ prefix: string[] } | { prefix: null, problem: string }}
 */
export function installAccess({ isRoot, hasApt, hasSudo, needsNoPassword, isTerminal }) {
  if (!hasApt) return { prefix: null, problem: NO_APT };
  if (isRoot) return { prefix: [] };
  if (hasSudo && needsNoPassword()) return { prefix: ['sudo', '-n'] };
  if (hasSudo && isTerminal) return { prefix: ['sudo'] };
  return { prefix: null, problem: NO_RIGHT };
}

/**
 * @param {readonly string[]} missing
 * @param {boolean} isOtherSystem
 */
export function manualLine(missing, isOtherSystem) {
  if (missing.length === 0) return `sudo rm ${POLICY}`;
  if (isOtherSystem) return `install what Debian calls ${missing.join(' ')}`;
  const quiet = missing.includes('mosquitto') ? ' && sudo systemctl disable --now mosquitto' : '';
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}${quiet}`;
}

// The package lists are fetched only when they turn out to be too old or absent. A service may start neither now
// (policy-rc.d: 101 is "forbidden by policy") nor at the next boot: a system broker would take the port of ours.
// $0 is the policy file, $@ are the packages.
export const INSTALL = `
policy=$0
if [ ! -e "$policy" ] || grep -q '${POLICY_MARK}' "$policy"; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  printf '#!/bin/sh\\n# ${POLICY_MARK}\\nexit 101\\n' > "$policy" && chmod 755 "$policy" || exit 1
fi
[ $# -gt 0 ] || exit 0
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
install() { apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"; }
install "$@" || { dpkg --configure -a; apt-get update; install "$@"; } || exit 1
for name; do
  if [ "$name" = mosquitto ] && command -v systemctl; then systemctl disable mosquitto; fi
done
exit 0
`;

/** @param {string} policy a killed set-up leaves it behind */
function isLeftOver(policy) {
  try {
    return readFileSync(policy, 'utf8').includes(POLICY_MARK);
  } catch {
    // Absent is the rule; unreadable is somebody else's.
    return false;
  }
}

/** @param {readonly string[]} names */
function dpkgList(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's
  const format = '${Package}\t${db:Status-Abbrev}\t${Version}\n';
  try {
    // dpkg-query fails when one name is unknown, and still lists the others.
    return execFileSync('dpkg-query', ['-W', '-f', format, ...names], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
  } catch (error) {
    const list = error instanceof Error && 'stdout' in error ? error.stdout : null;
    return list instanceof Uint8Array ? Buffer.from(list).toString() : null;
  }
}

/** @param {string} command @param {Record<string, string | undefined>} env */
function isOnPath(command, env) {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}
