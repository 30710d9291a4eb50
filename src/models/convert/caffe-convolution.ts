// Builds convolutions for Caffe that pad as TensorFlow's 'same' does.
import type { CaffeLayer } from './caffe.ts';
import { samePadding } from './same-padding.ts';
import { sizeOf, type Tensor, zeroBefore } from './tensor.ts';

type SameConvolution = Readonly<{
  bottom: string;
  /** [out, in of a group, size, size]. */
  kernel: Tensor;
  bias: Tensor | null;
  stride: number;
  /** Each group of outputs sees only its group of inputs; a depthwise convolution has one per channel. */
  group: number;
}>;

/** Caffe pads all sides alike: where 'same' pads one more behind, a zero row and column before the kernel make up for it. */
export function sameConvolution({ bottom, kernel, bias, stride, group }: SameConvolution): Omit<CaffeLayer, 'name'> {
  const { before, after } = samePadding(sizeOf(kernel.shape, 2), stride);
  const placed = before === after ? kernel : zeroBefore(kernel);
  return {
    type: 'Convolution',
    bottoms: [bottom],
    parameters: {
      convolution_param: {
        num_output: sizeOf(kernel.shape, 0),
        bias_term: bias !== null,
        group,
        kernel_size: sizeOf(placed.shape, 2),
        stride,
        pad: after,
      },
    },
    weights: bias === null ? [placed] : [placed, bias],
  };
}
