/** Real runs that take seconds, made in a home before the window looks at them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPlan } from '../../core/engine/phases.ts';
import { beginRun, planPhases } from '../../core/engine/run.ts';
import type { Phase } from '../../core/runs/events.ts';
import type { RunConfigInput } from '../../core/runs/runConfig.ts';
import { RunConfig } from '../../core/runs/runConfig.ts';
import { createEngineHost } from '../../headless/host/engineHost.ts';

export const ALL_PHASES: readonly Phase[] = ['search', 'retrain', 'baseline', 'evaluate', 'export'];

/** 8×8 shapes, one node a cell; a search of some seconds. */
export function tinyConfig(changes: RunConfigInput = {}): RunConfig {
  return RunConfig.parse({
    name: 'tiny',
    threads: 1,
    checkpointSeconds: 0.2,
    data: { source: 'shapes10', imageSize: 8, crop: 1, limit: 120, testLimit: 40 },
    network: { cells: 3, channels: 4, auxiliary: false, dropPath: 0.1 },
    retrain: { epochs: 2, batchSize: 8, learningRate: 0.05 },
    evaluate: [
      { attack: 'fgsm', epsilon: 4 / 255, steps: 1 },
      { attack: 'pgd', epsilon: 4 / 255, steps: 3 },
    ],
    exports: ['genotype', 'onnx'],
    ...changes,
    search: {
      strategy: { id: 'e2rnas', config: { archLearningRate: 0.05, validationBatches: 1 } },
      space: { primitives: ['none', 'skip_connect', 'max_pool_3x3', 'sep_conv_3x3'], nodes: 1 },
      budget: { minParams: 2000 },
      cells: 3,
      channels: 2,
      epochs: 3,
      batchSize: 8,
      ...changes.search,
    },
  });
}

/** What the guide opens with, as the program keeps it. */
export async function keepDraft(home: string, config: RunConfig, phases = ALL_PHASES): Promise<void> {
  await mkdir(join(home, 'kept'), { recursive: true });
  const draft = { version: 1, config, phases, visited: [] };
  await writeFile(join(home, 'kept', 'draft.json'), JSON.stringify(draft));
}

/** A run that was planned and not begun: the window has it go on from nothing. */
export async function planRun(
  home: string,
  id: string,
  config = tinyConfig({ name: id }),
  phases: readonly Phase[] = ['search'],
): Promise<void> {
  const run = await beginRun(createEngineHost({ folder: join(home, 'runs', id) }), config);
  try {
    await planPhases(run, config, phases);
  } finally {
    await run.close();
  }
}

/** Makes a whole run in the home, in this process. */
export async function makeRun(
  home: string,
  id: string,
  config = tinyConfig({ name: id }),
  phases = ALL_PHASES,
): Promise<void> {
  const host = createEngineHost({ folder: join(home, 'runs', id) });
  const run = await beginRun(host, config);
  try {
    await planPhases(run, config, phases);
    await runPlan(run, config, host);
  } finally {
    await run.close();
  }
}
