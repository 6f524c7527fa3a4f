/** What a terminal offers where memory ran out: command lines that begin with less, and the one that goes on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { checkConfig } from '../../core/engine/checkConfig.ts';
import type { OpenRun } from '../../core/engine/run.ts';
import type { Phase } from '../../core/runs/events.ts';
import type { MemoryOffer, WorkingExecutor } from '../../core/runs/lessMemory.ts';
import { FULL_HEAP, helpsHeap, memoryOffers, ON_CARDS, withOffer } from '../../core/runs/lessMemory.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { MANIFEST } from '../../core/runs/runFolder.ts';
import { listCards } from '../host/cards.ts';
import { loadExecutors, probeAll } from '../host/executors.ts';
import { homeFolder } from '../host/homeFolder.ts';
import { currentMeasurement } from '../host/measurement.ts';
import { retrainOptions } from './commands/retrain.ts';
import { sizeOptions } from './givenGenotype.ts';
import { searchOptions, strategyOptions } from './commands/search.ts';
import type { SchemaOption } from './schemaOptions.ts';
import { quoted } from './shellWord.ts';

/** The error with command lines in its hint, where it says that memory ran out; any other as it is. */
export async function withCommands(
  error: unknown,
  run: OpenRun | undefined,
  folder: string,
): Promise<unknown> {
  if (!(error instanceof CellsmithError) || error.code !== 'out-of-memory' || run === undefined) return error;
  const failed = run.events.findLast((event) => event.kind === 'failed');
  // Before anything was on record the folder is left empty.
  if (failed?.kind !== 'failed' || !existsSync(join(folder, MANIFEST))) return error;
  const { message, hint } = error;
  const isHeap = message.includes(FULL_HEAP);
  const commands = await memoryCommands(run.config, failed.phase, folder, await workingExecutors(), isHeap);
  return new CellsmithError('out-of-memory', message, [hint, ...commands].join('\n    '));
}

/** As they were measured, where that holds; else those that may be on a card are tried, where there is one. */
async function workingExecutors(): Promise<readonly WorkingExecutor[]> {
  const measured = await currentMeasurement(homeFolder());
  if (measured !== undefined) return measured.executors.filter(({ available }) => available);
  if ((await listCards()).length === 0) return [];
  const { all } = await loadExecutors();
  const found = await probeAll(all.filter(({ id }) => ON_CARDS.includes(id)));
  return found.flatMap((one) => (one.available ? [{ id: one.id, onCard: one.onCard }] : []));
}

export async function memoryCommands(
  config: RunConfig,
  phase: Phase,
  folder: string,
  working: readonly WorkingExecutor[],
  isHeap = false,
): Promise<readonly string[]> {
  const executors = await loadExecutors();
  const offers = memoryOffers(config, phase, working).filter(
    (offer) => (!isHeap || helpsHeap(offer)) && checkConfig(withOffer(config, offer), executors).ok,
  );
  const options =
    phase === 'search'
      ? [...searchOptions(), ...(await strategyOptions(config.search.strategy.id))]
      : [...retrainOptions(), ...sizeOptions()];
  const lines = offers.flatMap((offer) => {
    const begin = beginning(phase, offer, folder);
    return begin === undefined ? [] : lineOf(begin, offer, options, folder);
  });
  return [...lines, `cellsmith resume --run ${quoted(folder)}`];
}

interface Beginning {
  readonly command: string;
  readonly takesFolder: boolean;
}

/** The size of a network stands for what its run was about, so another size is another run. */
const SIZES: readonly MemoryOffer['kind'][] = ['channels', 'cells'];

/**
 * A search is begun anew. A training is planned anew for the same run, whose genotype it keeps, or begun in a new one that
 * takes it from there.
 */
function beginning(phase: Phase, { kind }: MemoryOffer, folder: string): Beginning | undefined {
  const run = quoted(folder);
  // Both trainings by the same settings, or they could not be compared.
  const both = phase === 'baseline' ? ' --baseline' : '';
  switch (phase) {
    case 'search':
      return { command: `cellsmith search --config ${quoted(join(folder, MANIFEST))}`, takesFolder: true };
    case 'retrain':
    case 'baseline':
      return SIZES.includes(kind)
        ? { command: `cellsmith retrain --genotype ${run} --config ${run}${both}`, takesFolder: true }
        : { command: `cellsmith retrain --run ${run}${both}`, takesFolder: false };
    case 'evaluate':
    case 'export':
      return undefined;
  }
}

/** Nothing where the command has no option for a setting. */
function lineOf(
  { command, takesFolder }: Beginning,
  { changes }: MemoryOffer,
  options: readonly SchemaOption[],
  folder: string,
): readonly string[] {
  const flags = changes.map(({ path, to }) => {
    const option = options.find((one) => one.path.join('.') === path.join('.'));
    return option === undefined ? undefined : `--${option.flag} ${to}`;
  });
  if (flags.includes(undefined)) return [];
  return [[command, ...flags, ...(takesFolder ? [`--out ${quoted(freeFolder(folder))}`] : [])].join(' ')];
}

/** Beside the run: runs/first-2. */
function freeFolder(folder: string): string {
  const stem = folder.replace(/[/\\]+$/, '');
  for (let n = 2; ; n++) if (!existsSync(`${stem}-${n}`)) return `${stem}-${n}`;
}
