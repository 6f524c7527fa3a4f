/** Loads native TensorFlow into this process, by way of the addon that was set up, and registers the backend. */
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Device } from '../../../core/compute/executors/executorHost.ts';
import { tf } from '../../../core/compute/tf.ts';
import { whyNotLoaded } from '../nativeLibrary.ts';
import { checkedSetup, tensorflowFolder } from './setup.ts';

const BACKEND = 'tensorflow';
const PACKAGE = '@tensorflow/tfjs-node-gpu';

/** What is used of the addon and of the package's modules. */
interface Addon {
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
}
interface BackendModule {
  readonly NodeJSKernelBackend: new (addon: Addon, name: string) => tf.KernelBackend;
}

/** Read by the library while it is loaded. What the person has set stays. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // Convolutions that give the same on every run, and float32 that is float32: as on the other executors.
  TF_CUDNN_DETERMINISTIC: '1',
  NVIDIA_TF32_OVERRIDE: '0',
  // On the processor it is another order of summing; and on one with AVX-512 it ends whole searches with SIGSEGV.
  TF_ENABLE_ONEDNN_OPTS: '0',
};

let loaded: Device | undefined;

/**
 * What crashes here takes the process along: try it in another one first.
 * @param threads for its kernels on the processor, 0 = as it likes; counts when it is loaded first
 * @returns its device
 * @throws CellsmithError `no-tensorflow`, `no-tensorflow-library`, `bad-tensorflow-setup`, `tensorflow-changed`,
 * `tensorflow-not-loaded`
 */
export async function loadNativeTensorflow(threads: number, folder = tensorflowFolder()): Promise<Device> {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  expectPackage(require);
  const { addon: path, setup } = await checkedSetup(folder);
  for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] ??= value;
  if (threads > 0) process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  bringBackRemovedHelpers(require);
  if (setup.preloaded !== undefined) {
    const problem = whyNotLoaded(join(folder, setup.preloaded));
    if (problem !== undefined) throw notLoaded(problem);
  }
  const addon = requireAddon(require, path);
  require(`${PACKAGE}/dist/register_all_kernels.js`);
  const { NodeJSKernelBackend } = require(`${PACKAGE}/dist/nodejs_kernel_backend.js`) as BackendModule;
  tf.registerBackend(BACKEND, () => new NodeJSKernelBackend(addon, PACKAGE), 0);
  loaded = {
    name: deviceText(addon, {
      cpu: cpus()[0]?.model.trim() ?? 'CPU',
      card: await cardName(),
      forNvidia: setup.nvidia !== undefined,
    }),
    isCard: addon.isUsingGpuDevice(),
  };
  return loaded;
}

function expectPackage(require: NodeJS.Require): void {
  try {
    require.resolve(`${PACKAGE}/package.json`);
  } catch {
    throw new CellsmithError(
      'no-tensorflow',
      `the optional package ${PACKAGE} is not installed`,
      'Install all of Cellsmith: npm ci, without --omit=optional.',
    );
  }
}

/** Node 23 removed two functions that the package's release of 2024 calls. */
function bringBackRemovedHelpers(require: NodeJS.Require): void {
  Object.assign(require('node:util') as object, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
}

function requireAddon(require: NodeJS.Require, path: string): Addon {
  try {
    return require(path) as Addon;
  } catch (error) {
    throw notLoaded((error instanceof Error ? error.message : String(error)).split('\n')[0]);
  }
}

function notLoaded(words: string): CellsmithError {
  return new CellsmithError(
    'tensorflow-not-loaded',
    `TensorFlow's native library cannot be loaded: ${words}`,
    'Set it up again, from another source if need be: on the page “This machine” of the window, or by npm run setup:gpu -- --help.',
  );
}

/**
 * @param cpu the processor
 * @param card the NVIDIA card that the driver knows
 * @param forNvidia whether NVIDIA's libraries were set up, too
 */
export function deviceText(
  addon: Addon,
  { cpu, card, forNvidia }: { cpu: string; card: string | undefined; forNvidia: boolean },
): string {
  const version = `TensorFlow ${addon.TF_Version}`;
  if (addon.isUsingGpuDevice()) return `${card ?? 'NVIDIA card'}, ${version}`;
  if (card !== undefined) return `${cpu}, ${version}; it does not use the ${card}`;
  return `${cpu}, ${version}${forNvidia ? '; it finds no NVIDIA card' : ''}`;
}

/** As NVIDIA's driver for Linux tells it. */
export async function cardName(folder = '/proc/driver/nvidia/gpus'): Promise<string | undefined> {
  try {
    const [first] = (await readdir(folder)).sort();
    const text = await readFile(join(folder, first, 'information'), 'utf8');
    return /^Model:\s*(.+)$/m.exec(text)?.[1].trim();
  } catch {
    return undefined;
  }
}
