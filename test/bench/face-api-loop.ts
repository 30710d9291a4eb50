// A face-api program in Node: every frame through its detector, every face of it through age and gender, on the WASM backend.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type * as FaceApi from '@vladmandic/face-api';
import type { LoopFigures } from './loop-figures.ts';
import { processorSecondsOfTree } from './processor-time.ts';

const [film = '', detector = 'ssd'] = process.argv.slice(2);
type TensorFlow = Readonly<{
  env(): { set(name: string, value: boolean): void };
  setWasmPaths(folder: string): void;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
}>;

class Unused {}

const SIZE = { width: 640, height: 480 };

const require = createRequire(import.meta.url);
const faceApi = await loadFaceApi();
const options = await loadDetector();
await faceApi.nets.ageGenderNet.loadFromUri(modelsFolder());

const genders = { female: 0, male: 0, unknown: 0 };
let frames = 0;
let faces = 0;
let secondsBefore = 0;
for await (const pixels of rgbFrames()) {
  if (frames === 1) secondsBefore = processorSecondsOfTree(process.pid);
  frames += 1;
  const tensor = faceApi.tf.tensor3d(pixels, [SIZE.height, SIZE.width, 3], 'int32');
  // It reads tensors, whatever its types say of those of its own copy of TensorFlow.
  const found = await faceApi.detectAllFaces(tensor as unknown as FaceApi.TNetInput, options).withAgeAndGender();
  tensor.dispose();
  faces += found.length;
  for (const { gender } of found) genders[gender] += 1;
}
const processorSeconds = processorSecondsOfTree(process.pid) - secondsBefore;
console.log(JSON.stringify({ processorSeconds, frames, faces, genders } satisfies LoopFigures));

/**
 * Its bundle for browsers holds all it needs but the programs for WASM; in Node it stops at parts that only a browser has, so
 * it is loaded where there seems to be no Node.
 */
async function loadFaceApi(): Promise<typeof FaceApi> {
  const node = globalThis.process;
  Object.assign(globalThis, { process: undefined, window: globalThis, document: {}, fetch: fetchFile });
  const loaded: typeof FaceApi = await import(require.resolve('@vladmandic/face-api/dist/face-api.esm.js'));
  // Of what the bundle exports of TensorFlow its types name only a part.
  const tensorFlow = loaded.tf as unknown as TensorFlow;
  // In Node the backend has them off by itself.
  tensorFlow.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tensorFlow.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'))}/`);
  await tensorFlow.setBackend('wasm');
  await tensorFlow.ready();
  // It asks of every input whether it is one of these.
  const elements = {
    Canvas: Unused,
    CanvasRenderingContext2D: Unused,
    Image: Unused,
    ImageData: Unused,
    Video: Unused,
  };
  loaded.env.setEnv({ ...elements, fetch: fetchFile } as unknown as FaceApi.Environment);
  Object.assign(globalThis, { process: node });
  return loaded;
}

async function fetchFile(path: unknown): Promise<Response> {
  return new Response(readFileSync(String(path)), { headers: { 'content-type': contentType(String(path)) } });
}

function contentType(path: string): string {
  if (path.endsWith('.wasm')) return 'application/wasm';
  return path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
}

/** `ssd` is what it takes unless told otherwise, `tiny` what it recommends for speed. */
async function loadDetector(): Promise<FaceApi.SsdMobilenetv1Options | FaceApi.TinyFaceDetectorOptions> {
  if (detector === 'ssd') {
    await faceApi.nets.ssdMobilenetv1.loadFromUri(modelsFolder());
    return new faceApi.SsdMobilenetv1Options();
  }
  await faceApi.nets.tinyFaceDetector.loadFromUri(modelsFolder());
  return new faceApi.TinyFaceDetectorOptions();
}

function modelsFolder(): string {
  return dirname(require.resolve('@vladmandic/face-api/model/age_gender_model.bin'));
}

async function* rgbFrames(): AsyncGenerator<Uint8Array> {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const decoder = spawn('ffmpeg', ['-nostdin', '-v', 'error', '-i', film, ...raw], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const frame = new Uint8Array(SIZE.width * SIZE.height * 3);
  let filled = 0;
  for await (const chunk of decoder.stdout) {
    for (let taken = 0; taken < chunk.length; ) {
      const part = chunk.subarray(taken, taken + frame.length - filled);
      frame.set(part, filled);
      filled += part.length;
      taken += part.length;
      if (filled < frame.length) continue;
      yield frame;
      filled = 0;
    }
  }
}
