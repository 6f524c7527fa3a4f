/** Where updates of the weights are cheapest: on the host, or as a compiled program. SGD with momentum and clipping. */
import { availableParallelism } from 'node:os';
import { createRng } from '../core/base/rng.ts';
import type { HostTensors, Program, TensorSpec } from '../core/compute/program.ts';
import { hostTensor, sizeOf } from '../core/compute/program.ts';
import { tf } from '../core/compute/tf.ts';
import { buildSupernet } from '../core/models/supernet/supernet.ts';
import { initialWeights } from '../core/models/weights.ts';
import { clipByGlobalNorm } from '../core/training/clip.ts';
import { sgd } from '../core/training/optimizers.ts';
import { loadExecutors } from '../headless/host/executors.ts';
import { NOISE_PIXELS } from '../headless/host/noiseSearch.ts';
import { compileWholePass } from '../headless/host/wholePass.ts';
import { CONFIGS, isConfigName, SPACE } from './configs.ts';
import { median, timesOf } from './measure.ts';

const REPEATS = { warmUps: 5, most: 15, least: 15, enoughMs: Infinity };
const CLIP = 5;
const RATE = 0.025;
const SETTINGS = { momentum: 0.9, weightDecay: 3e-4 };

const medianMs = async (act: () => unknown): Promise<number> => median(await timesOf(act, REPEATS));

/** Weights, gradients and momenta go in; weights and momenta come out. */
function updateProgram(weights: HostTensors): Program {
  const names = Object.keys(weights);
  const specs = (prefix: string): [string, TensorSpec][] =>
    names.map((name) => [`${prefix}${name}`, { shape: weights[name].shape, dtype: 'float32' }]);
  return {
    id: 'update',
    inputs: Object.fromEntries([...specs('w:'), ...specs('g:'), ...specs('m:')]),
    run(inputs) {
      const squares = names.map((name) => inputs[`g:${name}`].square().sum());
      const norm = tf.addN(squares).sqrt();
      const factor = tf.minimum(tf.scalar(1), tf.scalar(CLIP).div(norm.add(1e-6)));
      return Object.fromEntries(
        names.flatMap((name) => {
          const w = inputs[`w:${name}`];
          const g = inputs[`g:${name}`].mul(factor).add(w.mul(SETTINGS.weightDecay));
          const m = inputs[`m:${name}`].mul(SETTINGS.momentum).add(g);
          return [
            [`next w:${name}`, w.sub(m.mul(RATE))],
            [`next m:${name}`, m],
          ];
        }),
      );
    },
  };
}

const prefixed = (prefix: string, tensors: HostTensors): HostTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}${name}`, tensor]));

const name = process.argv[2] ?? 'small';
if (!isConfigName(name)) throw new Error(`npx tsx bench/updates.ts ${Object.keys(CONFIGS).join('|')}`);
const { skeleton, batchSize } = CONFIGS[name];
const executor = await (await loadExecutors()).get('onnx-cpu').open({ threads: availableParallelism() });
const { parts } = buildSupernet(SPACE, skeleton, NOISE_PIXELS);
const weights = initialWeights(parts, createRng(1, 'weights'));
const gradients = initialWeights(parts, createRng(2, 'gradients'));
const optimizer = sgd(SETTINGS);
const state = optimizer.init(weights);
const count = Object.values(weights).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

const host = await medianMs(() => {
  clipByGlobalNorm(gradients, CLIP);
  optimizer.update(weights, gradients, state, RATE);
});
const program = await executor.compile(updateProgram(weights));
const zeros = Object.fromEntries(
  Object.entries(weights).map(([key, { shape }]) => [
    key,
    hostTensor(shape, new Float32Array(sizeOf(shape))),
  ]),
);
const feeds = { ...prefixed('w:', weights), ...prefixed('g:', gradients), ...prefixed('m:', zeros) };
const compiled = await medianMs(() => program.run(feeds));
const pass = await compileWholePass(executor, 'pass', { space: SPACE, skeleton, batchSize });
const whole = await medianMs(() => pass.run());

console.log(
  `${name}: ${count.toLocaleString('en')} weights in ${Object.keys(weights).length} tensors; a pass ${whole.toFixed(0)} ms\n` +
    `  on the host: ${host.toFixed(2)} ms, ${((100 * host) / whole).toFixed(2)} % of a pass\n` +
    `  compiled: ${compiled.toFixed(2)} ms, ${((100 * compiled) / whole).toFixed(2)} % of a pass, ${program.info.nodes} nodes`,
);
await executor.dispose();
