/** `npm run bench`: times and memory of executors on one configuration, one after the other in processes of their own. */
import { fork } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireWholeParts } from '../core/searchSpace/topology.ts';
import { VERSIONS } from '../headless/host/version.ts';
import { buildPrograms, ROOT } from '../headless/loading/build.mjs';
import { computingEnvironment } from '../headless/loading/computing.mjs';
import type { ConfigName } from './configs.ts';
import { CONFIGS, isConfigName } from './configs.ts';
import type { ExecutorResult } from './executorChild.ts';
import type { PeerResult } from './peers/pytorch.ts';
import { measurePyTorch } from './peers/pytorch.ts';
import { searchSpaceTimes } from './searchSpaceTimes.ts';

const USAGE = `npm run bench -- [--config ${Object.keys(CONFIGS).join('|')}] [--executor id …] [--threads n] [--partial-channels k] [--python path] [--json]`;
/** Bundled and started as engines of the window are. */
const BUNDLES = join(ROOT, 'dist', 'bench');

interface Options {
  readonly config: ConfigName;
  readonly executors: readonly string[];
  readonly threads: number;
  /** K: candidates see one K-th of the channels. */
  readonly partialChannels: number;
  readonly json: boolean;
  /** A Python with torch, to measure the same supernet there. */
  readonly python?: string;
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
    },
  });
  const threads = Number(values.threads);
  const partialChannels = Number(values['partial-channels']);
  if (!isConfigName(values.config)) throw new Error(`there is no configuration '${values.config}'`);
  if (!Number.isInteger(threads) || threads < 0) throw new Error('--threads takes a whole number');
  if (!Number.isInteger(partialChannels) || partialChannels < 1)
    throw new Error('--partial-channels takes a whole number above 0');
  requireWholeParts(CONFIGS[values.config].skeleton.channels, partialChannels);
  if (partialChannels > 1 && values.python !== undefined)
    throw new Error('the supernet of --python has all channels: leave out --partial-channels');
  return {
    config: values.config,
    executors: values.executor ?? CONFIGS[values.config].executors,
    threads,
    partialChannels,
    json: values.json,
    ...(values.python === undefined ? {} : { python: values.python }),
  };
}

function measured({ config, threads, partialChannels }: Options, executor: string): Promise<ExecutorResult> {
  return new Promise((resolve, reject) => {
    const program = join(BUNDLES, 'executorChild.js');
    const child = fork(program, [config, executor, String(threads), String(partialChannels)], {
      execArgv: [],
      env: computingEnvironment(),
    });
    let result: ExecutorResult | undefined;
    child.on('message', (message) => (result = message as ExecutorResult));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      result === undefined
        ? reject(new Error(`'${executor}' ended with ${signal ?? `code ${code}`} before it was measured`))
        : resolve(result),
    );
  });
}

/** Columns side by side: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
    )
    .join('\n');
}

const whole = (n: number): string => Math.round(n).toLocaleString('en');

function resultsTable(results: readonly ExecutorResult[]): string {
  const [first] = results;
  const head = [
    'executor',
    'pass ms',
    '×',
    'step ms',
    '×',
    'steps/pass',
    'compiled MiB',
    'pass peak MiB',
    'peak MiB',
    'nodes',
    'compile ms',
  ];
  return table([
    head,
    ...results.map((r) => [
      r.executor,
      whole(r.passMs),
      (r.passMs / first.passMs).toFixed(2),
      whole(r.stepMs),
      (r.stepMs / first.stepMs).toFixed(2),
      (r.stepMs / r.passMs).toFixed(2),
      whole(r.compiledPeakBytes / 2 ** 20),
      whole(r.passPeakBytes / 2 ** 20),
      whole(r.peakBytes / 2 ** 20),
      whole(r.nodes),
      whole(r.compileMs),
    ]),
  ]);
}

/** How many times as fast and as frugal the first executor is. */
function peersTable(first: ExecutorResult, peers: readonly PeerResult[]): string {
  return table([
    ['peer', 'pass ms', 'pass ÷ ours', 'peak MiB', 'peak ÷ our pass peak', 'weights', 'version', 'threads'],
    ...peers.map((peer) => [
      peer.peer,
      whole(peer.passMs),
      (peer.passMs / first.passMs).toFixed(2),
      whole(peer.peakBytes / 2 ** 20),
      (peer.peakBytes / first.passPeakBytes).toFixed(2),
      whole(peer.params),
      peer.torch,
      String(peer.threads),
    ]),
  ]);
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
  const { config, executors, json, partialChannels, python, threads } = options;
  const { skeleton, batchSize } = CONFIGS[config];
  const { cells, channels, imageSize } = skeleton;
  const versions = Object.entries(VERSIONS).map(([name, version]) => `${name} ${version}`);
  console.log(
    `${config}: ${cells} cells, ${channels} channels, ${imageSize}×${imageSize} images, batch ${batchSize}${partialChannels === 1 ? '' : `, partial channels 1/${partialChannels}`}\n` +
      `${cpus().length} × ${cpus()[0]?.model.trim()}, ${whole(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0].toFixed(1)}\n` +
      versions.join(', '),
  );
  const results: ExecutorResult[] = [];
  let peers: readonly PeerResult[] = [];
  try {
    await buildPrograms(BUNDLES, { executorChild: 'bench/executorChild.ts' });
    for (const executor of executors) results.push(await measured(options, executor));
    if (python !== undefined) peers = await measurePyTorch(python, CONFIGS[config], threads);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    return;
  }
  const { costMs, rangeMs } = await searchSpaceTimes();
  console.log(`\n${whole(results[0].params)} weights\n${resultsTable(results)}`);
  if (peers.length > 0) console.log(`\n${peersTable(results[0], peers)}`);
  console.log(`\ncost of a genotype ${costMs.toFixed(2)} ms, range of the space ${rangeMs.toFixed(1)} ms`);
  if (json)
    console.log(
      JSON.stringify({
        config,
        partialChannels,
        results,
        ...(peers.length > 0 ? { peers } : {}),
        costMs,
        rangeMs,
      }),
    );
}

await main();
