/** The same supernet in PyTorch, edge by edge, measured by a Python that has it. */
import { readFile } from 'node:fs/promises';
import type { PythonRunner } from '../../core/exporters/verify/host.ts';
import { findPython } from '../../headless/host/verifyPython.ts';
import type { BenchConfig } from '../configs.ts';

const SCRIPT = new URL('./pytorch_supernet.py', import.meta.url);
const LIMITS = { probe: 120_000, run: 3_600_000 };

/** What the script prints. */
export interface PeerResult {
  /** `pytorch` or `pytorch channels_last`: how images lie in memory. */
  readonly peer: string;
  /** Median of one forward and backward pass: gradients of all weights, both alphas and the images. */
  readonly passMs: number;
  /** Most memory that the process held. */
  readonly peakBytes: number;
  /** Most that its tensors took on the card; 0 on the processor. */
  readonly devicePeakBytes: number;
  readonly params: number;
  /** Its version, with the build. */
  readonly torch: string;
  readonly device: string;
  readonly threads: number;
}

/** In place of a result. */
export interface NoPeer {
  readonly peer: string;
  readonly notAvailable: string;
}

export interface PeerOptions {
  /** 1 and more: as many as our executors are given. */
  readonly threads: number;
  /** As PyTorch names it: `cpu`, `cuda`. */
  readonly device: string;
}

/** Never throws: whatever goes wrong is the reason. @param python a program; where left out, the one that `doctor` finds */
export async function measurePyTorch(
  python: string | undefined,
  config: BenchConfig,
  options: PeerOptions,
): Promise<readonly (PeerResult | NoPeer)[]> {
  const runner = await findPython(python === undefined ? process.env : { CELLSMITH_PYTHON: python }, LIMITS);
  // It looks further where the one that is named has no PyTorch.
  if (runner === undefined || (python !== undefined && !runner.runtime.endsWith(`(${python})`))) {
    const notAvailable =
      python === undefined
        ? 'no Python here has PyTorch; --python names one'
        : `${python} has no PyTorch that can be imported`;
    return [{ peer: 'pytorch', notAvailable }];
  }
  const results: (PeerResult | NoPeer)[] = [];
  for (const isChannelsLast of [false, true]) {
    const peer = isChannelsLast ? 'pytorch channels_last' : 'pytorch';
    results.push(await measureOne(runner, peer, argumentsFor(config, options, isChannelsLast)));
  }
  return results;
}

/** Of the script. */
export function argumentsFor(
  { skeleton, batchSize }: BenchConfig,
  { threads, device }: PeerOptions,
  isChannelsLast: boolean,
): readonly string[] {
  const { cells, channels, imageSize } = skeleton;
  const numbers = { cells, channels, 'image-size': imageSize, batch: batchSize, threads };
  return [
    ...Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ...['--device', device],
    ...(isChannelsLast ? ['--channels-last'] : []),
  ];
}

async function measureOne(
  runner: PythonRunner,
  peer: string,
  args: readonly string[],
): Promise<PeerResult | NoPeer> {
  const ended = await runner.run(await readFile(SCRIPT, 'utf8'), [...args], new Uint8Array(0));
  const last = ended.stderr.trim().split('\n').at(-1);
  if (ended.code !== 0)
    return { peer, notAvailable: last === '' || last === undefined ? `code ${ended.code}` : last };
  const said = new TextDecoder().decode(ended.stdout);
  return { peer, ...(JSON.parse(said) as Omit<PeerResult, 'peer'>) };
}
