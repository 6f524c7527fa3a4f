/** Measures one executor on one configuration in a process of its own, whose memory is therefore that of the executor. */
import { strategies } from '../core/strategies/index.ts';
import { loadExecutors } from '../headless/host/executors.ts';
import { compileWholePass } from '../headless/host/wholePass.ts';
import type { ConfigName } from './configs.ts';
import type { NotAvailable } from './executorRuns.ts';
import { benchContext, CONFIGS, SPACE, withPartialChannels } from './configs.ts';
import { median, timesOf } from './measure.ts';

/** One line of the results. */
export interface ExecutorResult {
  readonly executor: string;
  /** Median of one forward and backward pass: gradients of all weights, both alphas and the images. */
  readonly passMs: number;
  /** Median of one second-order step of E2RNAS with its default settings. */
  readonly stepMs: number;
  /** Most memory that the process held, compiling included: before any pass, after the passes, and after the steps. */
  readonly compiledPeakBytes: number;
  readonly passPeakBytes: number;
  readonly peakBytes: number;
  /** Nodes of the pass, and what compiling it took; 0 where nothing is compiled. */
  readonly nodes: number;
  readonly compileMs: number;
  readonly params: number;
}

async function measure(
  name: ConfigName,
  id: string,
  threads: number,
  parts: number,
): Promise<ExecutorResult> {
  const config = withPartialChannels(CONFIGS[name], parts);
  const executor = await (await loadExecutors()).get(id).open({ threads });
  const options = { space: SPACE, ...config };
  const pass = await compileWholePass(executor, 'bench.pass', options);
  const compiledPeakBytes = peak();
  const passes = await timesOf(() => pass.run(), { warmUps: 1, most: 15, least: 3, enoughMs: 20_000 });
  const passPeakBytes = peak();
  // The search compiles programs of its own; the pass shall not count in their memory.
  await pass.dispose();

  const search = strategies.get('e2rnas').start(benchContext(config, executor), { validationBatches: 0 });
  await search.prepare();
  const steps = await timesOf(() => search.step(), { warmUps: 1, most: 9, least: 2, enoughMs: 30_000 });
  return {
    executor: id,
    passMs: round(median(passes)),
    stepMs: round(median(steps)),
    compiledPeakBytes,
    passPeakBytes,
    peakBytes: peak(),
    nodes: pass.info.nodes,
    compileMs: round(pass.info.compileMs),
    params: pass.parts.weights.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0),
  };
}

const peak = (): number => process.resourceUsage().maxRSS * 1024;
const round = (ms: number): number => Math.round(ms * 10) / 10;

const [, , config, executor, threads, parts] = process.argv;
// One that does not work here is a line of the results, too.
const result = await measure(config as ConfigName, executor, Number(threads), Number(parts)).catch(
  (error: unknown): NotAvailable => ({
    executor,
    notAvailable: error instanceof Error ? error.message : String(error),
  }),
);
// Native libraries may keep threads alive: the answer is sent, nothing else is waited for.
process.send?.(result, undefined, undefined, () => process.exit(0));
