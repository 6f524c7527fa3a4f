/** The ONNX models that records become: bytes, layouts, options. Numbers are compared in `kernels.test.ts`. */
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { OnnxModelOptions } from '../../../core/compute/onnx/buildModel.ts';
import { buildOnnxGraph } from '../../../core/compute/onnx/buildModel.ts';
import type { OnnxGraph } from '../../../core/compute/onnx/messages.ts';
import { encodeModel } from '../../../core/compute/onnx/messages.ts';
import { protoWriter } from '../../../core/compute/onnx/protobuf.ts';
import { depthwiseConv2d, subsample } from '../../../core/compute/ops/convolution.ts';
import { maxPool3x3 } from '../../../core/compute/ops/pooling.ts';
import type { Program } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import { traceProgram } from '../../../core/compute/trace/traceProgram.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { openForTest } from '../../helpers/executors.ts';
import { largestDifference, randomTensors } from '../../helpers/randomTensors.ts';
import { supernetCase } from './supernetCase.ts';

const TO_FIRST = [0, 3, 1, 2];
const TO_LAST = [0, 2, 3, 1];

async function graphOf(program: Program, options: Partial<OnnxModelOptions> = {}): Promise<OnnxGraph> {
  return buildOnnxGraph(await traceProgram(program), { name: program.id, ...options });
}

/** How often 4-D values change their layout. */
function layoutChanges({ nodes }: OnnxGraph): number {
  return nodes.filter(
    ({ op, attributes }) =>
      op === 'Transpose' && [TO_FIRST, TO_LAST].some((perm) => String(perm) === String(attributes.perm)),
  ).length;
}

describe('protocol buffers', () => {
  const bytes = (value: number): number[] => [...protoWriter().int(1, value).finish()];

  it('write integers as varints, negative ones as 64-bit two’s complement', () => {
    expect(bytes(0)).toEqual([8, 0]);
    expect(bytes(1)).toEqual([8, 1]);
    expect(bytes(127)).toEqual([8, 127]);
    expect(bytes(300)).toEqual([8, 0xac, 0x02]);
    expect(bytes(2 ** 31)).toEqual([8, 0x80, 0x80, 0x80, 0x80, 0x08]);
    expect(bytes(-1)).toEqual([8, ...new Array<number>(9).fill(0xff), 1]);
    expect(bytes(-(2 ** 31))).toEqual([8, 0x80, 0x80, 0x80, 0x80, 0xf8, 0xff, 0xff, 0xff, 0xff, 1]);
  });

  it('write integers that read back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const read = bytes(value)
          .slice(1)
          .reduce((sum, byte, i) => sum | (BigInt(byte & 127) << BigInt(7 * i)), 0n);
        expect(Number(BigInt.asIntN(64, read))).toBe(value);
      }),
    );
  });

  it('write high field numbers, texts, floats and messages within messages', () => {
    expect([...protoWriter().int(20, 7).finish()]).toEqual([0xa0, 0x01, 7]);
    expect([...protoWriter().text(2, 'é').finish()]).toEqual([0x12, 2, 0xc3, 0xa9]);
    expect([...protoWriter().float(2, 1).finish()]).toEqual([0x15, 0, 0, 0x80, 0x3f]);
    const inner = protoWriter().int(1, 5);
    expect([...protoWriter().message(3, inner).message(4, protoWriter()).finish()]).toEqual([
      0x1a, 2, 8, 5, 0x22, 0,
    ]);
    expect(protoWriter().message(3, inner).written()).toHaveLength(4);
  });
});

const network: Program = {
  id: 'a small network',
  inputs: {
    images: { shape: [2, 6, 5, 3], dtype: 'float32' },
    filter: { shape: [3, 3, 3, 1], dtype: 'float32' },
    kernel: { shape: [3, 4], dtype: 'float32' },
  },
  run({ images, filter, kernel }) {
    const y = tf.relu(depthwiseConv2d(images as tf.Tensor4D, filter as tf.Tensor4D, 2));
    return { logits: tf.matMul(tf.mean(maxPool3x3(y, 1), [1, 2]), kernel) };
  },
};
const feeds = randomTensors(network.inputs, 4);
const { images, ...weights } = feeds;

async function logits(model: Uint8Array, data: Float32Array, dims: number[]): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { executionProviders: ['cpu'], logSeverityLevel: 3 });
  expect(session.inputNames).toEqual(['images']);
  const results = await session.run({ images: new Tensor('float32', data, dims) });
  const copy = Float32Array.from(results.logits.data as Float32Array);
  await session.release();
  return copy;
}

async function expected(data = images): Promise<Float32Array> {
  const compiled = await (
    await openForTest('cpu')
  ).compile({ ...network, inputs: { ...network.inputs, images: data } });
  return (await compiled.run({ ...feeds, images: data })).logits.data as Float32Array;
}

/** [N, H, W, C] → [N, C, H, W] */
function channelsFirst([n, h, w, c]: readonly number[], data: ArrayLike<number>): Float32Array {
  const moved = new Float32Array(data.length);
  for (let b = 0; b < n; b++)
    for (let p = 0; p < h * w; p++)
      for (let k = 0; k < c; k++) moved[(b * c + k) * h * w + p] = data[(b * h * w + p) * c + k];
  return moved;
}

describe('a model', () => {
  const close = (a: ArrayLike<number>, b: ArrayLike<number>): void => {
    expect(a.length).toBe(b.length);
    for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i], 5);
  };

  it('loads with its weights inside, and computes what the program does', async () => {
    const model = encodeModel(await graphOf(network, { constants: weights }), 'Cellsmith', {
      source: 'test',
    });
    close(await logits(model, images.data as Float32Array, [2, 6, 5, 3]), await expected());
  });

  it('takes images as [N, C, H, W] where asked, then without changing the layout of any value', async () => {
    const graph = await graphOf(network, { constants: weights, channelsFirst: ['images'] });
    expect(graph.inputs).toEqual([{ name: 'images', type: 'float32', shape: [2, 3, 6, 5] }]);
    expect(layoutChanges(graph)).toBe(0);
    const data = channelsFirst([2, 6, 5, 3], images.data);
    close(await logits(encodeModel(graph, 'Cellsmith'), data, [2, 3, 6, 5]), await expected());
  });

  it('takes any number of images where the batch is free', async () => {
    const graph = await graphOf(network, { constants: weights, batch: 'batch' });
    expect(graph.inputs[0].shape).toEqual(['batch', 6, 5, 3]);
    expect(graph.outputs[0].shape).toEqual(['batch', 4]);
    const model = encodeModel(graph, 'Cellsmith');
    for (const n of [1, 2, 5]) {
      const shape = [n, 6, 5, 3];
      const more = randomTensors({ images: { shape, dtype: 'float32' } }, n).images;
      close(await logits(model, more.data as Float32Array, shape), await expected(more));
    }
  });

  it('leaves out constants and nodes that no result needs', async () => {
    const unused = {
      ...network,
      inputs: { ...network.inputs, unused: { shape: [9], dtype: 'float32' as const } },
    };
    const graph = await graphOf(unused, {
      constants: {
        ...weights,
        unused: hostTensor(
          [9],
          new Float32Array(9).map((_, i) => i),
        ),
      },
    });
    expect(graph.constants.map(({ name }) => name)).not.toContain('unused');
    const used = new Set([...graph.nodes.flatMap(({ inputs }) => inputs), 'logits']);
    expect(graph.nodes.filter(({ outputs }) => !outputs.some((name) => used.has(name)))).toEqual([]);
  });

  it('names the kernel that has no lowering', async () => {
    const record = await traceProgram(network);
    const calls = record.calls.map((call) => ({ ...call, kernel: `${call.kernel}?` }));
    expect(() => buildOnnxGraph({ ...record, calls }, { name: 'x' })).toThrow(/kernel \w+\? has no lowering/);
  });

  it('refuses one name for an input and a result', async () => {
    const both = { ...network, run: ({ images: x }: Record<string, tf.Tensor>) => ({ images: tf.exp(x) }) };
    await expect(graphOf(both)).rejects.toThrow("'images' names an input and a result");
  });

  it('refuses several depthwise filters per channel', async () => {
    const several: Program = {
      ...network,
      inputs: { ...network.inputs, filter: { shape: [3, 3, 3, 2], dtype: 'float32' } },
      run: ({ images: x, filter }) => ({
        y: tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same'),
      }),
    };
    await expect(graphOf(several)).rejects.toThrow('2 depthwise filters per channel');
  });
});

describe('layouts', () => {
  it('change once on the way in, however many convolutions, pools and sums follow', async () => {
    const program: Program = {
      ...network,
      run({ images: x, filter }) {
        let y = x as tf.Tensor4D;
        for (let i = 0; i < 3; i++) {
          const mixed = tf.add(depthwiseConv2d(y, filter as tf.Tensor4D), tf.mul(maxPool3x3(y, 1), 0.5));
          y = tf
            .concat4d([tf.relu(mixed as tf.Tensor4D).slice([0, 0, 0, 0], [2, 6, 5, 2]), y], 3)
            .slice([0, 0, 0, 0], [2, 6, 5, 3]) as tf.Tensor4D;
        }
        return { y: tf.mean(subsample(y, 2), [1, 2]) };
      },
    };
    expect(layoutChanges(await graphOf(program))).toBe(1);
  });

  it("change in a supernet's whole step only at its two ends", async () => {
    const { supernet, batch } = supernetCase();
    const count = async (id: string, gradients: object): Promise<number> =>
      layoutChanges(await graphOf(supernetProgram(id, supernet, batch, gradients)));
    expect(await count('forward', {})).toBe(1);
    expect(await count('weights', { weights: true, alphas: true })).toBe(1);
    expect(await count('all', { weights: true, alphas: true, images: true })).toBe(2);
  });

  it('change back where a value is wanted as recorded', async () => {
    const program: Program = {
      ...network,
      run: ({ images: x }) => {
        const y = maxPool3x3(x as tf.Tensor4D, 1);
        return { y, flat: tf.reshape(y, [2, -1]) };
      },
    };
    expect(layoutChanges(await graphOf(program))).toBe(2);
    const run = async (id: string) =>
      (await (await openForTest(id)).compile({ ...program, id: 'back' })).run(feeds);
    expect(largestDifference(await run('cpu'), await run('onnx-cpu')).difference).toBeLessThan(1e-6);
  });
});
