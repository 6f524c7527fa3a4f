/** Every kernel that has a lowering, on ONNX Runtime and on the plain JavaScript backend. */
import { describe, expect, it } from 'vitest';
import { convolutionLowering } from '../../../core/compute/onnx/lower/convolution.ts';
import { elementwiseLowering } from '../../../core/compute/onnx/lower/elementwise.ts';
import { poolingLowering } from '../../../core/compute/onnx/lower/pooling.ts';
import { shapeLowering } from '../../../core/compute/onnx/lower/shape.ts';
import type { Program } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { elementwiseRules } from '../../../core/compute/trace/elementwiseRules.ts';
import { shapeRules } from '../../../core/compute/trace/shapeRules.ts';
import { traceProgram } from '../../../core/compute/trace/traceProgram.ts';
import { windowRules } from '../../../core/compute/trace/windowRules.ts';
import { openForTest } from '../../helpers/executors.ts';
import { largestDifference, randomTensors } from '../../helpers/randomTensors.ts';
import { kernelPrograms } from './kernels.ts';

const LOWERED = { ...elementwiseLowering, ...shapeLowering, ...convolutionLowering, ...poolingLowering };
const TRACED = { ...elementwiseRules, ...shapeRules, ...windowRules };
/** Kernels that the trace turns into others or into symbols. */
const NEVER_RECORDED = ['ExpandDims', 'Fill', 'Identity', 'OnesLike', 'Pack', 'Unpack', 'ZerosLike'];

describe('each program of kernels', () => {
  it.each(kernelPrograms.map((program) => [program.id, program] as const))(
    'gives the same on onnx-cpu and cpu: %s',
    async (_id, program) => {
      const feeds = randomTensors(program.inputs, 3, 5);
      const [traced, plain] = await Promise.all(
        ['onnx-cpu', 'cpu'].map(async (id) => (await (await openForTest(id)).compile(program)).run(feeds)),
      );
      for (const [name, { shape, dtype }] of Object.entries(plain)) {
        expect({ name, shape: traced[name].shape, dtype: traced[name].dtype }).toEqual({
          name,
          shape,
          dtype,
        });
      }
      const { difference, name } = largestDifference(plain, traced);
      expect(difference, name).toBeLessThan(2e-5);
    },
  );
});

describe('the loss', () => {
  it.each(['onnx-cpu', 'wasm', 'cpu'])('is right on %s, however far apart its rows are', async (id) => {
    const program = kernelPrograms.find(({ id }) => id === 'kernels.classification') as Program;
    const logits = Float32Array.from({ length: 20 }, (_, i) => (i < 5 ? 300 : -200) + (i % 5));
    const feeds = {
      logits: hostTensor([4, 5], logits),
      labels: hostTensor([4], Int32Array.of(0, 1, 2, 3)),
    };
    const { loss } = await (await (await openForTest(id)).compile(program)).run(feeds);
    const logSum = Math.log([0, 1, 2, 3, 4].reduce((sum, v) => sum + Math.exp(v), 0));
    expect(loss.data[0]).toBeCloseTo(logSum - (0 + 1 + 2 + 3) / 4, 4);
  });
});

describe('the programs together', () => {
  it('record every kernel that has a lowering, and none that has not', async () => {
    const seen = new Set<string>();
    for (const program of kernelPrograms) {
      for (const { kernel } of (await traceProgram(program)).calls) seen.add(kernel);
    }
    expect([...seen].sort()).toEqual(Object.keys(LOWERED).sort());
  });

  it('leave no kernel out that is recorded without a lowering', () => {
    const traced = Object.keys(TRACED).filter((kernel) => !NEVER_RECORDED.includes(kernel));
    expect(traced.sort()).toEqual(Object.keys(LOWERED).sort());
  });
});
