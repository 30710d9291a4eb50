// Tests which folder the C++ headers of Node are taken from.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseHeaders, headersAbi } from '../../deploy/bootstrap/headers.mjs';
import { tempFolder } from '../support/temp-folder.ts';

const NEEDED = ['node.h', 'v8.h', 'uv.h', 'common.gypi'];

describe('the headers', () => {
  let folder = '';
  beforeEach(() => {
    folder = tempFolder();
  });

  function prefix(name: string, abi: string, needed = NEEDED) {
    const include = join(folder, name, 'include', 'node');
    mkdirSync(include, { recursive: true });
    for (const file of needed) writeFileSync(join(include, file), '');
    const version = `#if defined(NODE_EMBEDDER_MODULE_VERSION)\n#define NODE_MODULE_VERSION NODE_EMBEDDER_MODULE_VERSION\n#else\n#define NODE_MODULE_VERSION ${abi}\n#endif\n`;
    writeFileSync(join(include, 'node_version.h'), version);
    return join(folder, name);
  }

  it('are the first ones of the same binary interface', () => {
    const older = prefix('older', '108');
    const debian = prefix('debian', '115');
    const fetched = prefix('fetched', '115');
    expect(chooseHeaders([older, debian, fetched], '115')).toBe(debian);
    expect(chooseHeaders([older], '115')).toBeNull();
  });

  it('are complete with those of libuv beside them, as Debian lays them out', () => {
    const debian = prefix('usr', '115', ['node.h', 'v8.h', 'common.gypi']);
    expect(headersAbi(debian)).toBeNull();
    writeFileSync(join(debian, 'include', 'uv.h'), '');
    expect(headersAbi(debian)).toBe('115');
  });

  it('count only when they are complete', () => {
    expect(headersAbi(prefix('complete', '137'))).toBe('137');
    expect(headersAbi(prefix('cut', '137', ['node.h', 'v8.h', 'uv.h']))).toBeNull();
    expect(headersAbi(join(folder, 'absent'))).toBeNull();
  });
});
