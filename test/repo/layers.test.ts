// The layer rules bite: each forbidden import, planted in a small tree of its own, is found by the rule that names it.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './files.ts';

const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

const PLANTED: readonly (readonly [rule: string, file: string, source: string])[] = [
  ['layer-audience', 'src/audience/clock.ts', "import 'node:fs';"],
  ['layer-observation', 'src/observation/seen.ts', "import '../audience/observe.ts';"],
  ['layer-targeting', 'src/targeting/clock.ts', "import 'node:fs';"],
  ['layer-contract', 'src/contract/send.ts', "import 'mqtt';"],
  ['layer-systemd', 'src/systemd/stored.ts', "import '../sqlite/store.ts';"],
  ['layer-recording', 'src/recording/stored.ts', "import '../sqlite/store.ts';"],
  ['layer-models', 'src/models/looked.ts', "import '../sensor/load-opencv.ts';"],
  ['layer-capture', 'src/capture/stored.ts', "import '../sqlite/store.ts';"],
  ['layer-config', 'src/config/stored.ts', "import '../sqlite/store.ts';"],
  ['layer-doctor', 'src/doctor/looked.ts', "import '../sensor/load-opencv.ts';"],
  ['layer-setup', 'src/setup/stored.ts', "import '../sqlite/store.ts';"],
  ['layer-sqlite', 'src/sqlite/configured.ts', "import '../config/schema.ts';"],
  ['layer-mqtt', 'src/mqtt/stored.ts', "import '../sqlite/store.ts';"],
  ['layer-http', 'src/http/published.ts', "import '../mqtt/client.ts';"],
  ['layer-player', 'src/player/measured.ts', "import 'node:fs';"],
  ['player-stands-alone', 'src/daemon/player.ts', "import '../player/subscribe.ts';"],
  ['layer-sensor', 'src/sensor/captured.ts', "import '../capture/source.ts';"],
  ['sensor-has-no-network', 'src/sensor/leak.ts', "import 'node:http';"],
  ['sensor-starts-nothing', 'src/sensor/spawn.ts', "import 'node:child_process';"],
  ['frames-only-net', 'src/sensor/frames.ts', "import 'node:tls';"],
  ['daemon-without-pixels', 'src/daemon/peek.ts', "import '../sensor/frames.ts';"],
  ['photographs-stay-in-their-program', 'src/daemon/photograph.ts', "import '../capture/raspistill/executor.ts';"],
  ['few-calls-of-opencv', 'src/sensor/draw.ts', "import './load-opencv.ts';"],
  ['only-analyze-writes-pixels', 'src/cli/picture.ts', "import '../analyze/pictures.ts';"],
  ['only-setup-shows-pixels', 'src/daemon/still.ts', "import '../still/main.ts';"],
  ['setup-at-first-only', 'src/daemon/asked.ts', "import '../setup/run-setup.ts';"],
  ['still-has-no-network', 'src/still/kept.ts', "import 'node:fs';"],
  ['layer-still', 'src/still/configured.ts', "import '../config/schema.ts';"],
  ['daemon-without-pixels', 'src/setup/peek.ts', "import '../sensor/frames.ts';"],
  ['convert-at-set-up-only', 'src/models/load.ts', "import './convert/caffe.ts';"],
  ['layer-simulator', 'src/simulator/configured.ts', "import '../config/schema.ts';"],
  ['scenarios-are-read-in-one-place', 'src/simulator/clock.ts', "import 'node:fs';"],
  ['simulator-is-a-source', 'src/mqtt/simulated.ts', "import '../simulator/simulate.ts';"],
  ['no-foreign-model-code', 'src/daemon/human.ts', "import '@vladmandic/human';"],
  ['no-foreign-model-code', 'src/cli/faces.ts', "import '@mediapipe/face_detection';"],
  ['owner--flatbuffers-protobufjs-', 'src/models/read.ts', "import 'flatbuffers';"],
  ['owner--u4-opencv4nodejs', 'src/sensor/second-loader.ts', "import '@u4/opencv4nodejs';"],
  ['owner-better-sqlite3', 'src/daemon/query.ts', "import 'better-sqlite3';"],
  ['no-test-in-src', 'src/daemon/tested.ts', "import '../../test/support.ts';"],
  ['no-cycle', 'src/daemon/circle.ts', "import './ring.ts';"],
];

const EXISTING = [
  'src/audience/observe.ts',
  'src/config/schema.ts',
  'src/simulator/simulate.ts',
  'src/sqlite/store.ts',
  'src/mqtt/client.ts',
  'src/player/subscribe.ts',
  'src/capture/source.ts',
  'src/capture/raspistill/executor.ts',
  'src/models/convert/caffe.ts',
  'src/sensor/load-opencv.ts',
  'src/analyze/pictures.ts',
  'src/still/main.ts',
  'src/setup/run-setup.ts',
  'test/support.ts',
];

let tree = '';
let found: ReadonlySet<string> = new Set();

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'onlooker-layers-'));
  for (const path of EXISTING) plant(path, 'export {};');
  for (const [, path, source] of PLANTED) plant(path, source);
  plant('src/daemon/ring.ts', "import './circle.ts';");
  plant('package.json', '{"type": "module"}');
  plant('tsconfig.json', '{"compilerOptions": {"module": "nodenext"}}');
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  found = await violations();
});

afterAll(() => {
  rmSync(tree, { recursive: true });
});

test.each(PLANTED)('%s finds %s', (rule, path) => {
  expect(found).toContain(`${rule} ${path}`);
});

function plant(path: string, source: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), `${source}\n`);
}

function violations(): Promise<ReadonlySet<string>> {
  const rules = join(ROOT, '.dependency-cruiser.mjs');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [CRUISER, '--config', rules, '--output-type', 'json', 'src'],
      { cwd: tree, maxBuffer: 1e8 },
      (_, stdout, stderr) => {
        if (stdout === '') return reject(new Error(stderr));
        // The shape is that of dependency-cruiser's JSON report.
        const report = JSON.parse(stdout) as {
          summary: { violations: { from: string; rule: { name: string } }[] };
        };
        resolve(new Set(report.summary.violations.map(({ from, rule }) => `${rule.name} ${from}`)));
      },
    );
  });
}
