/** Executors of this computer, as hosts open them. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXECUTOR } from '../../../core/runs/runConfig.ts';
import { loadExecutors, openExecutor, probeAll } from '../../../headless/host/executors.ts';

const options = { threads: 1, onCompile: () => undefined };

describe('openExecutor', () => {
  it('opens the default, which every computer has', async () => {
    const { executor, device } = await openExecutor(DEFAULT_EXECUTOR, options);
    expect(executor.id).toBe('onnx-cpu');
    expect(device).not.toBe('');
    await executor.dispose();
  });

  it('opens another after a probe in a process of its own', async () => {
    const { executor, device } = await openExecutor('cpu', options);
    expect(executor.id).toBe('cpu');
    expect(device).toContain('JavaScript');
    await executor.dispose();
  });

  it('lists the ids it knows for one it does not', async () => {
    await expect(openExecutor('gpu', options)).rejects.toMatchObject({
      code: 'unknown-executor',
      hint: 'Choose one of: onnx-cpu, onnx-webgpu, onnx-cuda, onnx-directml, onnx-coreml, tensorflow, wasm, cpu.',
    });
  });
});

describe('probeAll', () => {
  it('reports every executor in order, each with its device or a reason', async () => {
    const reports = await probeAll((await loadExecutors()).all);
    expect(reports.map(({ id }) => id)).toEqual((await loadExecutors()).all.map(({ id }) => id));
    for (const report of reports) {
      expect(report.title).not.toBe('');
      expect(report.available ? report.device : report.reason).not.toBe('');
    }
    expect(reports.filter(({ available }) => available).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['onnx-cpu', 'wasm', 'cpu']),
    );
  });

  it('says in words why one is missing, and so does opening it', async () => {
    const report = (await probeAll((await loadExecutors()).all)).find(({ id }) => id === 'tensorflow');
    if (report?.available !== false) return;
    expect(report.reason).toMatch(/TensorFlow|tfjs-node-gpu/);
    await expect(openExecutor('tensorflow', options)).rejects.toMatchObject({
      code: 'executor-unavailable',
      message: `The executor 'tensorflow' (${report.title}) cannot be used here: ${report.reason}.`,
    });
  });
});
