/** Every candidate operation on every executor: forward and all gradients, against each other and differences. */
import { describe, expect, it } from 'vitest';
import type { HostTensors, Program, TensorSpec } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import type { Layer } from '../../../core/models/forward.ts';
import { factorizedReduce, normalisation, reluConvNorm } from '../../../core/models/layers.ts';
import { primitiveLayer } from '../../../core/models/primitives.ts';
import { createWeightBook } from '../../../core/models/weightBook.ts';
import type { WeightBook } from '../../../core/models/weightBook.ts';
import { PRIMITIVES } from '../../../core/searchSpace/genotype.ts';
import { openForTest, otherExecutors } from '../../helpers/executors.ts';
import { largestDifference, randomTensors } from '../../helpers/randomTensors.ts';

const others = await otherExecutors();

const CHANNELS = 4;
const SIZE = 6;
const BATCH = 3;

/** Σ r·y for a fixed r, with the gradient of everything that goes in. */
function operationProgram(id: string, declare: (book: WeightBook) => Layer): Program {
  const book = createWeightBook();
  const layer = declare(book);
  const inputs: Record<string, TensorSpec> = {
    x: { shape: [BATCH, SIZE, SIZE, CHANNELS], dtype: 'float32' },
    ...Object.fromEntries(book.weights.map(({ name, shape, dtype }) => [name, { shape, dtype }])),
  };
  return {
    id,
    inputs,
    run(tensors) {
      const names = Object.keys(inputs);
      let y: tf.Tensor4D | undefined;
      const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) => {
        const named = Object.fromEntries(names.map((name, i) => [name, values[i]]));
        y = tf.keep(layer(named.x as tf.Tensor4D, { tensors: named, normalise: 'batch', dropPath: false }));
        const n = y.size;
        const r = tf.tensor(
          Float32Array.from({ length: n }, (_, i) => Math.sin(3 * i + 1)),
          y.shape,
        );
        return tf.sum(tf.mul(y, r));
      })(names.map((name) => tensors[name]));
      return {
        loss: value,
        y: y as tf.Tensor4D,
        ...Object.fromEntries(names.map((name, i) => [`grad:${name}`, grads[i]])),
      };
    },
  };
}

const cases: { name: string; program: Program }[] = [
  ...PRIMITIVES.filter((op) => op !== 'none').flatMap((op) =>
    [1, 2].flatMap((stride) =>
      (['plain', 'affine'] as const).map((kind) => ({
        name: `${op}, stride ${stride}, ${kind} normalisation`,
        program: operationProgram(`${op}.${stride}.${kind}`, (book) => {
          const layer = primitiveLayer(book, 'op', op, CHANNELS, stride, kind);
          if (layer === undefined) throw new Error(`${op} has no layer`);
          // An identity has no node of its own; times 2 it has.
          return (x, forward) => tf.mul(layer(x, forward), 2);
        }),
      })),
    ),
  ),
  {
    name: 'factorised reduction',
    program: operationProgram('reduce', (book) => factorizedReduce(book, 'op', CHANNELS, 6, 'affine')),
  },
  {
    name: 'ReLU, convolution, normalisation',
    program: operationProgram('rcn', (book) => reluConvNorm(book, 'op', CHANNELS, 6, 'affine')),
  },
  {
    name: 'batch normalisation',
    program: operationProgram('norm', (book) => normalisation(book, 'op', CHANNELS, 'affine')),
  },
];

async function run(executor: string, program: Program, feeds: HostTensors): Promise<HostTensors> {
  return (await (await openForTest(executor)).compile(program)).run(feeds);
}

describe.each(cases)('$name', ({ program }) => {
  const feeds = randomTensors(program.inputs, 7);

  it.each(others)('computes the same on onnx-cpu and %s', async (executor) => {
    const traced = await run('onnx-cpu', program, feeds);
    const { difference, name } = largestDifference(await run(executor, program, feeds), traced);
    expect(difference, name).toBeLessThan(2e-5);
  });

  it('has the gradients that central differences show', async () => {
    const traced = await run('onnx-cpu', program, feeds);
    const step = 2e-3;
    const here = traced.loss.data[0];
    for (const name of Object.keys(program.inputs)) {
      const gradient = traced[`grad:${name}`];
      const { shape, data } = feeds[name];
      let compared = 0;
      for (let k = 0; k < 7; k++) {
        const i = Math.floor((k * (data.length - 1)) / 6);
        const loss = async (change: number): Promise<number> => {
          const moved = Float32Array.from(data);
          moved[i] += change;
          return (await run('onnx-cpu', program, { ...feeds, [name]: hostTensor(shape, moved) })).loss
            .data[0];
        };
        const [forward, backward] = [((await loss(step)) - here) / step, (here - (await loss(-step))) / step];
        const estimate = (forward + backward) / 2;
        const tolerance = 0.02 * Math.max(1, Math.abs(estimate));
        // Where a ReLU or a maximum has its kink between, the two sides differ and there is no derivative to compare.
        if (Math.abs(forward - backward) > tolerance) continue;
        compared++;
        expect(Math.abs(estimate - gradient.data[i]), `${name}[${i}]`).toBeLessThan(tolerance);
      }
      expect(compared, name).toBeGreaterThan(0);
    }
  });
});
