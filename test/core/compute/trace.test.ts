/** What the recording backend writes down, and what it leaves out. */
import { describe, expect, it } from 'vitest';
import type { Program } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import type { TraceRecord } from '../../../core/compute/trace/record.ts';
import { operands } from '../../../core/compute/trace/record.ts';
import { traceProgram } from '../../../core/compute/trace/traceProgram.ts';
import { supernetProgram } from '../../../core/models/programs.ts';
import { supernetCase } from './supernetCase.ts';

const X = { x: { shape: [2, 6, 6, 4], dtype: 'float32' as const } };

function trace(run: (x: tf.Tensor4D) => Record<string, tf.Tensor>): Promise<TraceRecord> {
  const program: Program = { id: 'traced', inputs: X, run: ({ x }) => run(x as tf.Tensor4D) };
  return traceProgram(program);
}

const kernels = ({ calls }: TraceRecord): string[] => calls.map(({ kernel }) => kernel);

describe('a record', () => {
  it('holds equal calls once', async () => {
    const record = await trace((x) => ({ y: tf.add(tf.exp(x), tf.mul(tf.exp(x), tf.exp(x))) }));
    expect(kernels(record)).toEqual(['Exp', 'Multiply', 'Add']);
  });

  it('keeps calls apart that differ in an attribute or in the order of their inputs', async () => {
    const record = await trace((x) => ({
      rows: tf.sum(x, 1),
      columns: tf.sum(x, 2),
      there: tf.sub(x, tf.exp(x)),
      back: tf.sub(tf.exp(x), x),
    }));
    expect(kernels(record).sort()).toEqual(['Exp', 'Sub', 'Sub', 'Sum', 'Sum']);
  });

  it('drops what no result needs', async () => {
    const record = await trace((x) => {
      tf.sqrt(tf.exp(x));
      return { y: tf.relu(x) };
    });
    expect(kernels(record)).toEqual(['Relu']);
  });

  it('has its calls in an order in which they can run', async () => {
    const { supernet, batch } = supernetCase();
    const all = { weights: true, alphas: true, images: true };
    const record = await traceProgram(supernetProgram('order', supernet, batch, all));
    const ready = new Set<number>();
    record.values.forEach(({ source }, id) => {
      if (source.kind !== 'call') ready.add(id);
    });
    for (const call of record.calls) {
      expect(operands(call).every((id) => ready.has(id))).toBe(true);
      call.outputs.forEach((id) => ready.add(id));
    }
    expect(Object.values(record.outputs).every((id) => ready.has(id))).toBe(true);
  });

  it('keeps one number for arrays of equal numbers, also after arithmetic, reshaping and reduction', async () => {
    const record = await trace((x) => {
      const two = tf.add(tf.onesLike(x), tf.ones([1, 1, 1, 4]));
      const eight = tf.sum(tf.reshape(two, [2, 36, 4]), 2);
      return { y: tf.mul(tf.sum(x), tf.mean(eight)), zero: tf.mul(tf.exp(x), tf.zerosLike(x)) };
    });
    expect(kernels(record)).toEqual(['Sum', 'Multiply']);
    const [product] = record.calls.filter(({ kernel }) => kernel === 'Multiply');
    const factors = operands(product).map((id) => record.values[id].source);
    expect(factors).toContainEqual({ kind: 'splat', value: 8 });
    expect(record.values[record.outputs.zero]).toEqual({
      shape: [2, 6, 6, 4],
      dtype: 'float32',
      source: { kind: 'splat', value: 0 },
    });
  });

  it('leaves neutral operands out, but not where they widen the result', async () => {
    const record = await trace((x) => ({
      same: tf.div(tf.mul(tf.sub(tf.add(x, 0), 0), 1), 1),
      wider: tf.add(tf.sum(x, 0, true), tf.zerosLike(x)),
    }));
    expect(record.outputs.same).toBe(record.inputs.x);
    expect(kernels(record)).toEqual(['Sum', 'Add']);
    expect(record.values[record.outputs.wider].shape).toEqual([2, 6, 6, 4]);
  });

  it('tells −0 from 0', async () => {
    const record = await trace((x) => ({
      plus: tf.div(x, tf.fill([2, 6, 6, 4], 0)),
      minus: tf.div(x, tf.fill([2, 6, 6, 4], -0)),
    }));
    expect(record.calls).toHaveLength(2);
  });

  it('holds the backward pass: the kernels of gradients, as autodiff calls them', async () => {
    const record = await trace((x) => {
      const loss = (v: tf.Tensor): tf.Scalar => tf.sum(tf.relu(tf.maxPool(v as tf.Tensor4D, 3, 1, 'same')));
      const { value, grad } = tf.valueAndGrad(loss)(x);
      return { value, grad };
    });
    expect(kernels(record)).toEqual(expect.arrayContaining(['MaxPool', 'Relu', 'Step', 'MaxPoolGrad']));
    expect(record.values[record.outputs.grad].shape).toEqual([2, 6, 6, 4]);
  });
});

describe("a supernet's backward pass", () => {
  it('has no constant of a thousand equal numbers in its record, and none twice', async () => {
    const { supernet, batch } = supernetCase({ channels: 8, batchSize: 16 });
    const all = { weights: true, alphas: true, images: true };
    const record = await traceProgram(supernetProgram('splats', supernet, batch, all));
    const constants = record.values.flatMap(({ source }) =>
      source.kind === 'constant' ? [source.data] : [],
    );
    expect(constants.filter((data) => data.length >= 1000 && data.every((v) => v === data[0]))).toEqual([]);
    const asText = constants.map((data) => `${data.constructor.name} ${data.join()}`);
    const shapes = record.values.flatMap(({ source, shape }) =>
      source.kind === 'constant' ? [shape.join()] : [],
    );
    expect(new Set(asText.map((text, i) => `${shapes[i]} ${text}`)).size).toBe(constants.length);
    const splats = record.values.filter(({ source }) => source.kind === 'splat');
    expect(splats.some(({ shape }) => shape.length > 0)).toBe(true);
  });

  it('is on record only as far as gradients are wanted', async () => {
    const { supernet, batch } = supernetCase();
    const count = async (id: string, gradients: object): Promise<number> =>
      (await traceProgram(supernetProgram(id, supernet, batch, gradients))).calls.length;
    const [none, images, alphas, weights, all] = [
      await count('none', {}),
      await count('images', { images: true }),
      await count('alphas', { alphas: true }),
      await count('weights', { weights: true }),
      await count('all', { weights: true, alphas: true, images: true }),
    ];
    expect(none).toBeLessThan(images);
    expect(images).toBeLessThan(all);
    expect(alphas).toBeLessThan(all);
    expect(weights).toBeLessThan(all);
  });
});

describe('a program that cannot be traced', () => {
  it('must not read values', async () => {
    await expect(
      trace((x) => {
        x.dataSync();
        return { x };
      }),
    ).rejects.toThrow('a program must not read values; it is traced once and run many times');
  });

  it('must not read values later either', async () => {
    let reading: Promise<unknown> = Promise.resolve();
    await trace((x) => {
      reading = tf.exp(x).data();
      reading.catch(() => undefined);
      return { x };
    });
    await expect(reading).rejects.toThrow('must not read values');
  });

  it('is told which kernel has no rule', async () => {
    await expect(trace((x) => ({ y: tf.cumsum(x, 0) }))).rejects.toThrow(/Cumsum/);
  });

  it('must not hold types that nothing computes with, or tensors from elsewhere', async () => {
    await expect(trace(() => ({ y: tf.tensor(['a']) }))).rejects.toThrow(
      'values of type string are not traced',
    );
    await tf.setBackend('cpu');
    const foreign = tf.tensor1d([1, 2, 3]);
    await expect(trace(() => ({ y: tf.exp(foreign) }))).rejects.toThrow(/backend/);
    foreign.dispose();
  });

  it('leaves the backend usable for the next', async () => {
    const before = tf.memory().numTensors;
    await expect(trace((x) => ({ y: tf.cumsum(x, 0) }))).rejects.toThrow();
    expect(kernels(await trace((x) => ({ y: tf.relu(x) })))).toEqual(['Relu']);
    expect(tf.memory().numTensors).toBe(before);
  });
});
