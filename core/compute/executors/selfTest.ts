/** A small computation with a known answer: an executor that gets it wrong is worse than none. */
import { depthwiseConv2d } from '../ops/convolution.ts';
import type { Executor } from '../executor.ts';
import type { Program } from '../program.ts';
import { hostTensor } from '../program.ts';
import { tf } from '../tf.ts';

/** Σ y² of a dilated depthwise convolution and its gradient in the filter: what backends get wrong most easily. */
const program: Program = {
  id: 'self-test',
  inputs: {
    x: { shape: [1, 5, 5, 1], dtype: 'float32' },
    filter: { shape: [3, 3, 1, 1], dtype: 'float32' },
  },
  run({ x, filter }) {
    const { value, grad } = tf.valueAndGrad((f: tf.Tensor) => {
      const y = depthwiseConv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, 2);
      return tf.sum(tf.square(y));
    })(filter);
    return { loss: value, gradient: grad };
  },
};

const SIZE = 5;
const x = Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(i));
const filter = Float32Array.from({ length: 9 }, (_, i) => Math.cos(i));

/** @throws Error saying what came out wrong */
export async function selfTest(executor: Executor): Promise<void> {
  const compiled = await executor.compile(program);
  const results = await compiled.run({
    x: hostTensor([1, SIZE, SIZE, 1], x),
    filter: hostTensor([3, 3, 1, 1], filter),
  });
  const expected = reference();
  const got = [results.loss.data[0], ...results.gradient.data];
  const worst = Math.max(...expected.map((value, i) => Math.abs(got[i] - value)));
  if (!(worst < 1e-3))
    throw new Error(
      `its self-test is off by ${worst.toExponential(1)}: a dilated convolution and its gradient`,
    );
}

/** The same in float64, term by term. */
function reference(): number[] {
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= SIZE || column >= SIZE ? 0 : x[row * SIZE + column];
  let loss = 0;
  const gradient = new Array<number>(9).fill(0);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const [row, column] = [Math.floor(i / SIZE), i % SIZE];
    const seen = gradient.map((_, k) => at(row + 2 * (Math.floor(k / 3) - 1), column + 2 * ((k % 3) - 1)));
    const y = seen.reduce((total, value, k) => total + value * filter[k], 0);
    loss += y * y;
    seen.forEach((value, k) => (gradient[k] += 2 * y * value));
  }
  return [loss, ...gradient];
}
