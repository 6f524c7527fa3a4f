/** `npm run bench`: times and memory of executors on one configuration, one after the other in processes of their own. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireWholeParts } from '../core/searchSpace/topology.ts';
import { VERSIONS } from '../headless/host/version.ts';
import { buildPrograms, ROOT } from '../headless/loading/build.mjs';
import type { ConfigName } from './configs.ts';
import { CONFIGS, isConfigName } from './configs.ts';
import type { ExecutorResult } from './executorChild.ts';
import { measured, type NotAvailable, wasMeasured } from './executorRuns.ts';
import type { NoPeer, PeerResult } from './peers/pytorch.ts';
import { measurePyTorch } from './peers/pytorch.ts';
import { searchSpaceTimes } from './searchSpaceTimes.ts';
import { peersTable, resultsTable, whole } from './tables.ts';

const USAGE = `npm run bench -- [--config ${Object.keys(CONFIGS).join('|')}] [--executor id …] [--threads n] [--partial-channels k] [--python path|none] [--device cpu|cuda] [--json]`;
/** Of `--python`: PyTorch is not measured. */
const NONE = 'none';
/** Bundled and started as engines of the window are. */
const BUNDLES = join(ROOT, 'dist', 'bench');

interface Options {
  readonly config: ConfigName;
  readonly executors: readonly string[];
  readonly threads: number;
  /** K: candidates see one K-th of the channels. */
  readonly partialChannels: number;
  readonly json: boolean;
  /** A Python with torch, to measure the same supernet there; else the one that `doctor` finds. */
  readonly python?: string;
  /** That PyTorch computes on, as it names it. */
  readonly device: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      config: { type: 'string', default: 'tiny' },
      executor: { type: 'string', multiple: true },
      threads: { type: 'string', default: '0' },
      'partial-channels': { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      python: { type: 'string' },
      device: { type: 'string', default: 'cpu' },
    },
  });
  const threads = Number(values.threads);
  const partialChannels = Number(values['partial-channels']);
  if (!isConfigName(values.config)) throw new Error(`there is no configuration '${values.config}'`);
  if (!Number.isInteger(threads) || threads < 0) throw new Error('--threads takes a whole number');
  if (!Number.isInteger(partialChannels) || partialChannels < 1)
    throw new Error('--partial-channels takes a whole number above 0');
  requireWholeParts(CONFIGS[values.config].skeleton.channels, partialChannels);
  if (partialChannels > 1 && values.python !== undefined && values.python !== NONE)
    throw new Error('the supernet of --python has all channels: leave out --partial-channels');
  return {
    config: values.config,
    executors: values.executor ?? CONFIGS[values.config].executors,
    // The same number for all, PyTorch too, which by itself takes another.
    threads: threads > 0 ? threads : availableParallelism(),
    partialChannels,
    device: values.device,
    json: values.json,
    ...(values.python === undefined ? {} : { python: values.python }),
  };
}

async function main(): Promise<void> {
  let options: Options;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const { config, executors, json, partialChannels, python, device, threads } = options;
  const { skeleton, batchSize } = CONFIGS[config];
  const { cells, channels, imageSize } = skeleton;
  const versions = Object.entries(VERSIONS).map(([name, version]) => `${name} ${version}`);
  console.log(
    `${config}: ${cells} cells, ${channels} channels, ${imageSize}×${imageSize} images, batch ${batchSize}${partialChannels === 1 ? '' : `, partial channels 1/${partialChannels}`}\n` +
      `${cpus().length} × ${cpus()[0]?.model.trim()}, ${whole(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0].toFixed(1)}; ${threads} threads each\n` +
      versions.join(', '),
  );
  // Float32 that is float32 on cards, in PyTorch as on our executors; what the person has set stays.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0';
  const results: (ExecutorResult | NotAvailable)[] = [];
  let peers: readonly (PeerResult | NoPeer)[] = [];
  try {
    await buildPrograms(BUNDLES, { executorChild: 'bench/executorChild.ts' });
    const program = join(BUNDLES, 'executorChild.js');
    for (const executor of executors)
      results.push(await measured(executor, { program, config, threads, partialChannels }));
    // Its supernet has all channels.
    if (python !== NONE && partialChannels === 1)
      peers = await measurePyTorch(python, CONFIGS[config], { threads, device });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    return;
  }
  const { costMs, rangeMs } = await searchSpaceTimes();
  const first = results.find(wasMeasured);
  if (first === undefined) process.exitCode = 1;
  console.log(`\n${first === undefined ? '' : `${whole(first.params)} weights\n`}${resultsTable(results)}`);
  if (peers.length > 0) console.log(`\n${peersTable(first, peers)}`);
  console.log(`\ncost of a genotype ${costMs.toFixed(2)} ms, range of the space ${rangeMs.toFixed(1)} ms`);
  if (json)
    console.log(
      JSON.stringify({
        config,
        partialChannels,
        threads,
        results,
        ...(peers.length > 0 ? { peers } : {}),
        costMs,
        rangeMs,
      }),
    );
}

await main();
