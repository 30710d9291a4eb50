// Checks what Onlooker runs on: the release and architecture of the system, and Node.
import { readFileSync } from 'node:fs';
import { type Finding, fail, ok, warn } from './finding.ts';

export type SystemFacts = Readonly<{
  /** The text of /etc/os-release; null where there is none. */
  osRelease: string | null;
  /** As Node calls it. */
  architecture: string;
}>;

const RELEASES: readonly string[] = ['12', '13'];
const ARCHITECTURES: readonly string[] = ['x64', 'arm64'];

export function systemFacts(): SystemFacts {
  return { osRelease: readOsRelease(), architecture: process.arch };
}

export function judgeSystem({ osRelease, architecture }: SystemFacts): Finding {
  const name = field(osRelease, 'PRETTY_NAME') ?? 'unknown system';
  const detail = `${name}, ${architecture}`;
  if (!ARCHITECTURES.includes(architecture)) {
    return fail('system', detail, 'use a 64-bit system: amd64, or arm64 as Raspberry Pi OS (64-bit) has it');
  }
  const isKnown = field(osRelease, 'ID') === 'debian' && RELEASES.includes(field(osRelease, 'VERSION_ID') ?? '');
  return isKnown
    ? ok('system', detail)
    : warn('system', detail, 'Onlooker is tested on Debian 12 and 13, which Raspberry Pi OS is, too');
}

/** `version` as in process.versions.node. An older Node does not come here: the program refuses it at its start. */
export function describeNode(version: string, addons: Readonly<Record<string, string>>): Finding {
  const named = Object.entries(addons).map(([name, one]) => `${name} ${one}`);
  return ok('node', `Node ${version} with the addons ${named.join(' and ')}`);
}

/** os-release(5): NAME=value, perhaps in quotes. */
function field(osRelease: string | null, name: string): string | null {
  return osRelease?.match(new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm'))?.[1] ?? null;
}

function readOsRelease(): string | null {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return null; // not every system says what it is
  }
}
