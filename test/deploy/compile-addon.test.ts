// Tests with which environment and how many jobs the addons are compiled, and how the progress is known.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileEnv, compileJobs, countObjects } from '../../deploy/bootstrap/compile-addon.mjs';
import { tempFolder } from '../support/temp-folder.ts';

it('keeps every setting of npm from the compiler', () => {
  const env = {
    npm_config_nodedir: '/rubbish',
    NPM_CONFIG_TARGET: '1.0.0',
    npm_package_config_node_gyp_arch: 'ia32',
    HOME: '/home/me',
    PATH: '/bin',
  };
  const given = compileEnv(env, { execPath: '/opt/node/bin/node', arch: 'arm64' });
  expect(Object.keys(given).filter((name) => /npm/i.test(name))).toEqual([]);
  expect(given).toMatchObject({
    HOME: '/home/me',
    PATH: '/opt/node/bin:/bin',
    OPENCV4NODEJS_DISABLE_AUTOBUILD: '1',
    OPENCV_LIB_DIR: '/usr/lib/aarch64-linux-gnu',
  });
});

it('leaves a stated OpenCV where it is', () => {
  const given = compileEnv({ OPENCV_LIB_DIR: '/opt/opencv/lib' }, { execPath: '/usr/bin/node', arch: 'x64' });
  expect(given['OPENCV_LIB_DIR']).toBe('/opt/opencv/lib');
});

it('puts its own version of node::ObjectWrap before the flags that are stated', () => {
  const given = compileEnv({ CXXFLAGS: '-g' }, { execPath: '/usr/bin/node', arch: 'x64' });
  const header = given['CXXFLAGS']?.match(/^-include "(.+)" -g$/)?.[1];
  expect(header !== undefined && existsSync(header)).toBe(true);
});

it('starts no more compilers than fit into memory', () => {
  expect(compileJobs(4, 16e9)).toBe(4);
  expect(compileJobs(4, 1.5e9)).toBe(2);
  expect(compileJobs(4, 0.4e9)).toBe(1);
});

it('counts the object files of all makefiles', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'deps'));
  const objects = (...names: string[]) =>
    `OBJS := \\\n${names.map((name) => `\t$(obj).target/$(TARGET)/${name}.o`).join(' \\\n')}\n\nall_deps += $(OBJS)\n`;
  writeFileSync(join(folder, 'a.target.mk'), objects('cc/core/Mat', 'cc/dnn/Net'));
  writeFileSync(join(folder, 'deps', 'b.target.mk'), objects('sqlite3'));
  expect(countObjects(folder)).toBe(3);
  expect(countObjects(join(folder, 'absent'))).toBe(0);
});
