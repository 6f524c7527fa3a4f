/** What the command `tensorflow` does. */
import { stat } from 'node:fs/promises';
import { CellsmithError } from '../../core/base/errors.ts';
import { systemClock } from '../host/clock.ts';
import { type CheckedBy, type Setup, tensorflowFolder } from '../host/tensorflow/setup.ts';
import type { AddonChoice } from '../setup/addon.ts';
import { givenWheels } from '../setup/given.ts';
import { ownBytes, setUpTensorflow, undoSetup } from '../setup/setupTensorflow.ts';
import { hasNvidiaDriver, sourcesOf, type Wanted } from '../setup/sources.ts';
import { checkedSum } from './checksumOption.ts';
import { say } from './output.ts';
import { expectTensorflowUsage } from './setupUsage.ts';
import { stoppable } from './stoppable.ts';

export interface TensorflowOptions extends Omit<Wanted, 'cpu'> {
  readonly cpu?: true;
  readonly gpu?: true;
  readonly addon?: string;
  readonly sha256?: string;
  readonly undo?: true;
  readonly json?: true;
}

/** @returns what to print */
export async function setUpAsAsked(all: TensorflowOptions): Promise<string> {
  expectTensorflowUsage({ ...all });
  const { undo, json, ...options } = all;
  const folder = tensorflowFolder();
  if (undo) {
    const removed = await undoSetup(folder);
    if (json) return JSON.stringify({ folder, removed });
    return removed ? `Removed: ${folder}` : `Nothing was set up in ${folder}.`;
  }
  const wheel = options.wheel === undefined ? undefined : await givenWheels(options.wheel);
  // A folder may hold several.
  expectTensorflowUsage({ ...all, wheel });
  const addon = await addonChoice(options.addon);
  const sha256 = checkedSum('sha256', options.sha256);
  const cpu = options.gpu !== true && (options.cpu === true || !(await hasNvidiaDriver()));
  const { setup, device } = await stoppable((watch) =>
    setUpTensorflow({
      ...watch,
      folder,
      sources: sourcesOf({ ...options, wheel, cpu }),
      addon,
      sha256,
      onSkipped: (source, { message }) => say(`Not ${source}: ${message}`),
      now: () => new Date(systemClock.now()).toISOString(),
    }),
  );
  if (json) return JSON.stringify({ folder, ...setup });
  return resultText(folder, setup, device);
}

export function resultText(folder: string, setup: Setup, device: string): string {
  return [
    `${setup.source} works, on ${device}.`,
    `It is in ${folder} (${Math.round(ownBytes(setup) / 1e6)} MB of libraries)${checked(setup)}; the addon was ${setup.addon.origin}${checked(setup.addon)}.`,
    'Use it with --executor tensorflow. To remove it: npm run setup:gpu -- --undo',
  ].join('\n');
}

const CHECKS: Readonly<Record<CheckedBy, string>> = {
  storage: 'held to the checksum that its storage states',
  given: 'held to the checksum that was given',
  wheel: 'held to the checksums that wheels state',
  nothing: 'not held to any checksum',
};

function checked({ checkedBy }: Pick<Setup, 'checkedBy'>): string {
  return checkedBy === undefined ? '' : `, ${CHECKS[checkedBy]}`;
}

async function addonChoice(given: string | undefined): Promise<AddonChoice | undefined> {
  if (given === undefined || given === 'build' || given === 'fetch') return given;
  if ((await stat(given).catch(() => undefined))?.isFile() === true) return { path: given };
  throw new CellsmithError(
    'bad-usage',
    `--addon: '${given}' is neither build nor fetch, and there is no such file.`,
    'Give one of the two, or the path of a tfjs_binding.node.',
  );
}
