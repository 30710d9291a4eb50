// Reads the parts of a TensorFlow Lite file that a converter needs; slot numbers are those of TensorFlow's schema.fbs.
import { ByteBuffer } from 'flatbuffers';
import { fromFloat16, fromFloat32 } from './tensor.ts';

export type TfliteTensor = Readonly<{ name: string; shape: readonly number[]; type: number; bytes: Uint8Array }>;
export type TfliteOperator = Readonly<{
  code: number;
  inputs: readonly number[];
  outputs: readonly number[];
  /** Reads a field of the operator's options; 0, the schema's default for all fields in use, where it is absent. */
  option: (slot: number, width: 'int8' | 'int32') => number;
}>;
export type TfliteGraph = Readonly<{
  inputs: readonly number[];
  tensors: readonly TfliteTensor[];
  operators: readonly TfliteOperator[];
}>;

export function readTflite(bytes: Uint8Array): TfliteGraph {
  const file = new ByteBuffer(bytes);
  const model: Table = { file, at: file.readInt32(0) };
  const codes = tables(model, 1).map(operatorCode);
  const buffers = tables(model, 4).map((buffer) => byteVector(buffer, 0));
  const graph = tables(model, 2)[0];
  if (graph === undefined) throw new Error('the TensorFlow Lite file has no graph');
  return {
    inputs: int32Vector(graph, 1),
    tensors: tables(graph, 0).map((tensor) => ({
      shape: int32Vector(tensor, 0),
      type: int8(tensor, 1),
      bytes: buffers[int32(tensor, 2)] ?? NO_BYTES,
      name: string(tensor, 3),
    })),
    operators: tables(graph, 3).map((operator) => {
      const options = table(operator, 4);
      return {
        code: codes[int32(operator, 0)] ?? -1,
        inputs: int32Vector(operator, 1),
        outputs: int32Vector(operator, 2),
        option: (slot, width) => (options === null ? 0 : width === 'int8' ? int8(options, slot) : int32(options, slot)),
      };
    }),
  };
}

/** The values of a constant of floats, whatever their width. */
export function floatsOf({ name, type, bytes }: TfliteTensor): Float32Array {
  if (type === 0) return fromFloat32(bytes);
  if (type === 1) return fromFloat16(bytes);
  throw new Error(`tensor ${name} is not of floats (type ${type})`);
}

/** The values of a constant of 32-bit integers. */
export function integersOf({ name, type, bytes }: TfliteTensor): number[] {
  if (type !== 2) throw new Error(`tensor ${name} is not of integers (type ${type})`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}

type Table = Readonly<{ file: ByteBuffer; at: number }>;
const NO_BYTES = new Uint8Array(0);

/** Codes up to 127 stand in the older field, of 8 bits; the larger of the two is right. */
function operatorCode(code: Table): number {
  return Math.max(int8(code, 0), int32(code, 3));
}

/** Position of a field, or null when the table leaves it out. */
function field({ file, at }: Table, slot: number): number | null {
  const offset = file.__offset(at, 4 + 2 * slot);
  return offset === 0 ? null : at + offset;
}

function int8(table: Table, slot: number): number {
  const at = field(table, slot);
  return at === null ? 0 : table.file.readInt8(at);
}

function int32(table: Table, slot: number): number {
  const at = field(table, slot);
  return at === null ? 0 : table.file.readInt32(at);
}

function table({ file, at: base }: Table, slot: number): Table | null {
  const at = field({ file, at: base }, slot);
  return at === null ? null : { file, at: file.__indirect(at) };
}

function string(table: Table, slot: number): string {
  return new TextDecoder().decode(byteVector(table, slot));
}

function tables(table: Table, slot: number): Table[] {
  return vector(table, slot, 4).map((at) => ({ file: table.file, at: table.file.__indirect(at) }));
}

function int32Vector(table: Table, slot: number): number[] {
  return vector(table, slot, 4).map((at) => table.file.readInt32(at));
}

function byteVector(table: Table, slot: number): Uint8Array {
  const at = field(table, slot);
  if (at === null) return NO_BYTES;
  const start = table.file.__vector(at);
  return table.file.bytes().subarray(start, start + table.file.__vector_len(at));
}

/** Positions of the elements. */
function vector(table: Table, slot: number, elementBytes: number): number[] {
  const at = field(table, slot);
  if (at === null) return [];
  const start = table.file.__vector(at);
  return Array.from({ length: table.file.__vector_len(at) }, (_, i) => start + i * elementBytes);
}
