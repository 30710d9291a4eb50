// Checks what this user may do: write into the state folder and open the cameras.
import { isOurs } from '../capture/attached/find-attached.ts';
import { machineWith } from '../capture/attached/this-machine.ts';
import { v4l2Nodes } from '../capture/attached/v4l2-nodes.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import type { FolderFacts } from './state-folder.ts';

export type PermissionFacts = Readonly<{
  folder: Pick<FolderFacts, 'folder' | 'refusal'>;
  /** The nodes /dev/video*, and whether this user may open each. */
  devices: readonly Readonly<{ device: string; isOurs: boolean }>[];
  isRoot: boolean;
}>;

export function permissionFacts(folder: FolderFacts): PermissionFacts {
  const nodes = v4l2Nodes(machineWith(process.env['PATH']));
  const devices = nodes.map(({ device }) => ({ device, isOurs: isOurs(device) }));
  return { folder, devices, isRoot: process.getuid?.() === 0 };
}

export function judgePermissions({ folder: { folder, refusal }, devices, isRoot }: PermissionFacts): Finding {
  if (refusal !== null) {
    const remedy = 'give this user write access to it, or choose another with store.folder';
    return fail('permissions', `the state folder ${folder} cannot be written: ${refusal}`, remedy);
  }
  const foreign = devices.filter(({ isOurs }) => !isOurs).map(({ device }) => device);
  if (foreign.length > 0) {
    const detail = `this user may not open ${foreign.join(', ')}`;
    return warn('permissions', detail, 'put it into the group video (usermod -aG video NAME), and log in again');
  }
  const cameras = devices.length === 0 ? 'there is no /dev/video*' : 'every /dev/video* can be opened';
  const who = isRoot ? ' (by root; the service has a user of its own)' : '';
  return ok('permissions', `${folder} can be written, ${cameras}${who}`);
}
