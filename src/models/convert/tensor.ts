// The tensors that the converters move between formats, and the few things done to them on the way.
export type Tensor = Readonly<{ shape: readonly number[]; data: Float32Array }>;

/** Reorders the axes: axis i of the result is axis `order[i]` of the tensor. */
export function transpose(tensor: Tensor, order: readonly number[]): Tensor {
  const shape = order.map((axis) => sizeOf(tensor.shape, axis));
  const steps = order.map((axis) => product(tensor.shape.slice(axis + 1)));
  const data = new Float32Array(tensor.data.length);
  const index = shape.map(() => 0);
  for (let to = 0; to < data.length; to++) {
    data[to] = at(tensor.data, dot(index, steps));
    advance(index, shape);
  }
  return { shape, data };
}

/** Puts zeros before the first row and column of every [.., height, width] plane. */
export function zeroBefore(tensor: Tensor): Tensor {
  const height = sizeOf(tensor.shape, tensor.shape.length - 2);
  const width = sizeOf(tensor.shape, tensor.shape.length - 1);
  const planes = tensor.data.length / (height * width);
  const data = new Float32Array(planes * (height + 1) * (width + 1));
  for (let row = 0; row < planes * height; row++) {
    const plane = Math.floor(row / height);
    data.set(tensor.data.subarray(row * width, (row + 1) * width), (row + plane + 1) * (width + 1) + 1);
  }
  return { shape: [...tensor.shape.slice(0, -2), height + 1, width + 1], data };
}

/** Multiplies everything under index i of the first axis by `factors[i]`. */
export function scaleFirstAxis(tensor: Tensor, factors: Float32Array): Tensor {
  const block = tensor.data.length / factors.length;
  return { shape: tensor.shape, data: tensor.data.map((value, i) => value * at(factors, Math.floor(i / block))) };
}

/** Little-endian bytes of 32-bit floats. */
export function float32Bytes({ data }: Tensor): Uint8Array {
  const bytes = new Uint8Array(4 * data.length);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  return bytes;
}

export function fromFloat32(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** IEEE 754 half precision: 1 sign bit, 5 of exponent (bias 15), 10 of fraction; every value is exact in 32 bits. */
export function fromFloat16(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => halfValue(view.getUint16(2 * i, true)));
}

export function sizeOf(shape: readonly number[], axis: number): number {
  const size = shape[axis];
  if (size === undefined) throw new RangeError(`a tensor of shape [${shape}] has no axis ${axis}`);
  return size;
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}

function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function at(data: Float32Array, index: number): number {
  const value = data[index];
  if (value === undefined) throw new RangeError(`index ${index} of ${data.length} values`);
  return value;
}

function dot(index: readonly number[], steps: readonly number[]): number {
  return index.reduce((sum, position, axis) => sum + position * (steps[axis] ?? 0), 0);
}

function advance(index: number[], shape: readonly number[]): void {
  for (let axis = index.length - 1; axis >= 0; axis--) {
    const next = (index[axis] ?? 0) + 1;
    index[axis] = next < sizeOf(shape, axis) ? next : 0;
    if (index[axis] !== 0) return;
  }
}
