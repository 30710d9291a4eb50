// Gathers the files of all nets in one folder: from the prepared models, or from the shared data, whichever has them.
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MANIFEST_PATH } from '../../../src/daemon/installation.ts';
import { readManifest } from '../../../src/models/manifest.ts';
import type { NetSpec } from '../../../src/models/net-schema.ts';
import { preparePulled } from '../../../src/models/prepare-pulled.ts';
import { PREPARED_MODELS } from '../../../src/models/repair.ts';
import { filesOf } from '../../../src/models/verify.ts';
import { sharedPath } from '../../support/shared.ts';

/** The folder is there while `work` runs; what is nowhere is missing in it. */
export async function withGatheredModels<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-bench-'));
  try {
    for (const net of readManifest(MANIFEST_PATH).nets) gather(net, folder);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function gather(net: NetSpec, folder: string): void {
  const published = net.source.format === 'download' ? net.source.files : [];
  for (const { name } of [...filesOf(net), ...published]) {
    const prepared = join(PREPARED_MODELS, name);
    const path = existsSync(prepared) ? prepared : sharedPath('models', name);
    if (path !== null && !existsSync(join(folder, name))) symlinkSync(path, join(folder, name));
  }
  if (published.length > 0 && published.every(({ name }) => existsSync(join(folder, name)))) preparePulled(net, folder);
}
