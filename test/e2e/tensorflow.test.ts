/** A search on native TensorFlow from the command line: the same journey as on ONNX Runtime, by the same seed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needsTensorflow } from '../helpers/nativeTensorflow.ts';
import { cellsmith, eventsIn } from './command.ts';

/** Relative, in every one of the first steps: rounding alone. The longer a search, the further that carries two apart. */
const TOLERANCE = 5e-3;
const CURVES = ['trainLoss', 'validationLoss', 'expectedParams'];

let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-tensorflow-'))));
afterAll(() => rm(folder, { recursive: true }));

async function searched(executor: string, name: string = executor) {
  const out = join(folder, name);
  const size = ['--data-limit', '400', '--search-epochs', '1', '--threads', '2'];
  const ended = await cellsmith('search', '--preset', 'demo', ...size, '--executor', executor, '--out', out);
  expect(ended.code, ended.stderr).toBe(0);
  const events = eventsIn(out);
  const steps = events.flatMap((event) => (event.kind === 'step' ? [event.metrics] : []));
  return { steps, curves: CURVES.map((curve) => steps.map((metrics) => metrics[curve])) };
}

describe('a search', () => {
  needsTensorflow();

  it('goes the way it goes on onnx-cpu, and the same way again', async () => {
    const onnx = await searched('onnx-cpu');
    const native = await searched('tensorflow');
    expect(native.steps.length).toBe(onnx.steps.length);
    expect(native.steps.length).toBeGreaterThan(3);
    CURVES.forEach((curve, i) =>
      native.curves[i].forEach((value, step) =>
        expect(Math.abs(value / onnx.curves[i][step] - 1), `${curve}, step ${step}`).toBeLessThan(TOLERANCE),
      ),
    );
    expect((await searched('tensorflow', 'again')).curves).toEqual(native.curves);
  }, 600_000);
});
