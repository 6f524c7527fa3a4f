/** What the command `cuda` does. */
import { systemClock } from '../host/clock.ts';
import { cudaFolder, type CudaSetup } from '../host/cuda/setup.ts';
import type { PackageChoice } from '../setup/cudaPackage.ts';
import type { NvidiaChoice } from '../setup/nvidia.ts';
import { ownCudaBytes, setUpCuda, undoCuda } from '../setup/setupCuda.ts';
import { checkedSum } from './checksumOption.ts';
import { expectCudaUsage } from './setupUsage.ts';
import { stoppable } from './stoppable.ts';

export interface CudaCommandOptions extends PackageChoice, NvidiaChoice {
  readonly untried?: true;
  readonly undo?: true;
  readonly json?: true;
}

/** @returns what to print */
export async function setUpCudaAsAsked(all: CudaCommandOptions): Promise<string> {
  expectCudaUsage({ ...all });
  const { undo, json, ...options } = all;
  const folder = cudaFolder();
  if (undo) {
    const removed = await undoCuda(folder);
    if (json) return JSON.stringify({ folder, removed });
    return removed ? `Removed: ${folder}` : `Nothing was set up in ${folder}.`;
  }
  const [sha256, sha512] = [checkedSum('sha256', options.sha256), checkedSum('sha512', options.sha512)];
  const { setup } = await stoppable((watch) =>
    setUpCuda({
      ...options,
      ...watch,
      sha256,
      sha512,
      folder,
      now: () => new Date(systemClock.now()).toISOString(),
    }),
  );
  return json ? JSON.stringify({ folder, ...setup }) : resultText(folder, setup);
}

const CHECKS: Readonly<Record<CudaSetup['checkedBy'], string>> = {
  feed: 'held to the SHA-512 that its feed states',
  given: 'held to the checksum that was given',
  nothing: 'not held to any checksum',
};

function resultText(folder: string, setup: CudaSetup): string {
  const { device, source, checkedBy } = setup;
  const elsewhere = setup.nvidia.filter(({ path }) => path.startsWith('/')).length;
  return [
    device === undefined
      ? `${source} is set up, but not tried: no NVIDIA driver is loaded here.`
      : `${source} works, on ${device}.`,
    `It is in ${folder} (${Math.round(ownCudaBytes(setup) / 1e6)} MB), ${CHECKS[checkedBy]}.`,
    ...(elsewhere === 0 ? [] : [`${elsewhere} of NVIDIA's libraries are used where they lie.`]),
    'Use it with --executor onnx-cuda. To remove it: npm run setup:cuda -- --undo',
  ].join('\n');
}
