/** Windows sliding over images in plain loops, and programs compared to them on all executors. */
import { expect } from 'vitest';
import type { HostTensor, HostTensors, Program, TensorSpec } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import type { tf } from '../../../core/compute/tf.ts';
import { openForTest } from '../../helpers/executors.ts';
import { randomTensors } from '../../helpers/randomTensors.ts';

const EXECUTORS = ['onnx-cpu', 'wasm', 'cpu'];

export interface Images extends HostTensor {
  at(n: number, row: number, column: number, channel: number): number | undefined;
}

/** A pixel is undefined outside the image. */
export function images(tensor: HostTensor): Images {
  const [, height, width, channels] = tensor.shape;
  return {
    ...tensor,
    at: (n, row, column, channel) =>
      row < 0 || column < 0 || row >= height || column >= width
        ? undefined
        : tensor.data[((n * height + row) * width + column) * channels + channel],
  };
}

/** floor((size + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1, as PyTorch gives it */
export function outputSize(
  size: number,
  kernel: number,
  stride: number,
  padding: number,
  dilation = 1,
): number {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

type Window = (number | undefined)[];

/** Slides a k×k window over each channel. @returns [N, H', W', C] */
export function slide(
  x: Images,
  {
    kernel,
    stride,
    padding,
    dilation = 1,
  }: { kernel: number; stride: number; padding: number; dilation?: number },
  compute: (window: Window, channel: number) => number,
): HostTensor {
  const [batch, height, width, channels] = x.shape;
  const [h, w] = [height, width].map((size) => outputSize(size, kernel, stride, padding, dilation));
  const y = new Float32Array(batch * h * w * channels);
  for (let n = 0, i = 0; n < batch; n++)
    for (let row = 0; row < h; row++)
      for (let column = 0; column < w; column++)
        for (let c = 0; c < channels; c++, i++) {
          const window = Array.from({ length: kernel * kernel }, (_, k) =>
            x.at(
              n,
              row * stride - padding + dilation * Math.floor(k / kernel),
              column * stride - padding + dilation * (k % kernel),
              c,
            ),
          );
          y[i] = compute(window, c);
        }
  return hostTensor([batch, h, w, channels], y);
}

export const inside = (window: Window): number[] => window.filter((v) => v !== undefined);
export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export async function expectEverywhere(
  name: string,
  inputs: Record<string, TensorSpec>,
  run: (t: Record<string, tf.Tensor4D>) => tf.Tensor,
  reference: (feeds: HostTensors) => HostTensor,
): Promise<void> {
  const feeds = randomTensors(inputs, 5);
  const expected = reference(feeds);
  const program: Program = { id: name, inputs, run: (t) => ({ y: run(t as Record<string, tf.Tensor4D>) }) };
  for (const id of EXECUTORS) {
    const { y } = await (await (await openForTest(id)).compile(program)).run(feeds);
    expect({ id, shape: y.shape }).toEqual({ id, shape: expected.shape });
    const worst = Math.max(...expected.data.map((v, i) => Math.abs(v - y.data[i])));
    expect(worst, `${name} on ${id}`).toBeLessThan(1e-4);
  }
}
