/** Programs are compiled once each, and disposed of together. */
import { describe, expect, it } from 'vitest';
import type { CompiledProgram } from '../../../core/compute/executor.ts';
import { createProgramCache } from '../../../core/compute/executors/programCache.ts';
import type { Program } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';

const square: Program = {
  id: 'square',
  inputs: { x: { shape: [3], dtype: 'float32' } },
  run: ({ x }) => ({ y: tf.square(x) }),
};

describe('the program cache', () => {
  const stub = (): CompiledProgram & { disposed: number } => {
    const program = {
      info: { nodes: 0, compileMs: 0 },
      disposed: 0,
      run: () => Promise.resolve({}),
      dispose: () => {
        program.disposed++;
        return Promise.resolve();
      },
    };
    return program;
  };

  it('compiles a program once, also when asked twice at the same time', async () => {
    const cache = createProgramCache();
    let count = 0;
    const compile = () => {
      count++;
      return Promise.resolve(stub());
    };
    const [a, b] = await Promise.all([cache.get(square, compile), cache.get({ ...square }, compile)]);
    expect(a).toBe(b);
    expect(await cache.get(square, compile)).toBe(a);
    expect(count).toBe(1);
    await cache.get({ ...square, id: 'cube' }, compile);
    await cache.get(
      { ...square, inputs: { ...square.inputs, x: { shape: [4], dtype: 'float32' } } },
      compile,
    );
    await cache.get({ ...square, inputs: { ...square.inputs, x: { shape: [3], dtype: 'int32' } } }, compile);
    expect(count).toBe(4);
  });

  it('does not keep a failure', async () => {
    const cache = createProgramCache();
    await expect(cache.get(square, () => Promise.reject(new Error('no memory')))).rejects.toThrow(
      'no memory',
    );
    const made = stub();
    expect(await cache.get(square, () => Promise.resolve(made))).toBe(made);
  });

  it('disposes of all that were compiled, once, failures aside', async () => {
    const cache = createProgramCache();
    const made = stub();
    await cache.get(square, () => Promise.resolve(made));
    const failing = cache.get({ ...square, id: 'late' }, () => Promise.reject(new Error('late')));
    const [, failed] = await Promise.allSettled([cache.dispose(), failing]);
    expect(failed.status).toBe('rejected');
    await cache.dispose();
    expect(made.disposed).toBe(1);
  });
});
