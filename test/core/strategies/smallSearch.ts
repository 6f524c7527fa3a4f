/** Searches small enough to run many of: 8×8 noise images, three cells, two channels, three candidates. */
import { createRng } from '../../../core/base/rng.ts';
import { executorEntries } from '../../../core/compute/executors/index.ts';
import type { HostTensors } from '../../../core/compute/program.ts';
import type { ImageSet } from '../../../core/datasets/imageSet.ts';
import { strategies } from '../../../core/strategies/index.ts';
import type { SearchContext, SearchProcess } from '../../../core/strategies/strategy.ts';
import type { Metrics, SavedState } from '../../../core/training/process.ts';
import { createExecutorHost } from '../../../headless/host/runtimes.ts';

const COUNT = 48;
const SIZE = 8;
export const BATCH = 4;

/** Noise with a bright half whose side is the label, so that there is something to learn. */
function images(): ImageSet {
  const rng = createRng(11, 'images');
  const pixels = new Uint8Array(COUNT * SIZE * SIZE * 3);
  const labels = new Uint16Array(COUNT);
  for (let i = 0; i < COUNT; i++) {
    labels[i] = i % 3;
    for (let p = 0; p < SIZE * SIZE * 3; p++) {
      const bright = Math.floor((p / (SIZE * SIZE * 3)) * 3) === labels[i] ? 60 : 0;
      pixels[i * SIZE * SIZE * 3 + p] = 40 + rng.int(120) + bright;
    }
  }
  return { shape: [SIZE, SIZE, 3], count: COUNT, pixels, labels, classes: ['a', 'b', 'c'] };
}

const set = images();
/** One thread: programs this small only wait for a second one, long where other tests run beside. */
const executor = executorEntries(createExecutorHost()).get('onnx-cpu').open({ threads: 1 });
const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);

/** Four steps an epoch. The executor compiles each program once for all searches that share a space. */
export async function smallContext(changes: Partial<SearchContext> = {}): Promise<SearchContext> {
  const skeleton = { cells: 3, channels: 2, classes: 3, imageSize: SIZE, imageChannels: 3 };
  return {
    seed: 5,
    space: { primitives: ['none', 'skip_connect', 'sep_conv_3x3'], nodes: 1 },
    supernet: skeleton,
    network: { ...skeleton, channels: 4 },
    budget: {},
    epochs: 4,
    batchSize: BATCH,
    data: {
      images: set,
      weights: range(0, 16),
      alphas: range(16, 32),
      validation: range(32, 48),
      augment: { crop: 1, flip: true, cutout: 0 },
    },
    pixels: { mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] },
    executor: await executor,
    ...changes,
  };
}

export async function startSmall(
  strategy: string,
  settings: object = {},
  changes: Partial<SearchContext> = {},
): Promise<SearchProcess> {
  return strategies.get(strategy).start(await smallContext(changes), settings);
}

/** Takes `steps` steps and returns what each of them measured. */
export async function takeSteps(process: SearchProcess, steps: number): Promise<Metrics[]> {
  const metrics: Metrics[] = [];
  for (let i = 0; i < steps; i++) metrics.push(await process.step());
  return metrics;
}

/** A copy of everything a process saves, as it would come back from disk. */
export function snapshot(process: SearchProcess): SavedState {
  const { tensors, state } = process.save();
  return {
    tensors: Object.fromEntries(Object.entries(tensors).map(([group, named]) => [group, copies(named)])),
    state: JSON.parse(JSON.stringify(state)),
  };
}

function copies(named: HostTensors): HostTensors {
  return Object.fromEntries(Object.entries(named).map(([name, t]) => [name, { ...t, data: t.data.slice() }]));
}
