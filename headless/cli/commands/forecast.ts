/** `forecast`: what an experiment will take on this machine, from a few real steps of it. */
import type { Command } from 'commander';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Tree } from '../../../core/config/tree.ts';
import { Phase } from '../../../core/runs/events.ts';
import { readOptions } from '../configOptions.ts';
import type { GivenExperiment } from './search.ts';
import { addExperiment, searchConfig } from './search.ts';

const HELP = `
Examples:
  cellsmith forecast --preset demo
  cellsmith forecast --data shapes10 --preset quick --phases search,retrain
  cellsmith forecast --config experiment.json --folder /data/runs --json

Takes the options of ‘search’. A few steps of each phase are done as the run would do them, timed and thrown away;
nothing is written. It takes about a minute, longer where the programs of a large network have to be compiled.`;

const USUAL: readonly Phase[] = ['search', 'retrain', 'evaluate', 'export'];

interface Given extends GivenExperiment {
  readonly phases?: string;
  readonly folder: string;
  readonly json?: true;
}

export async function add(program: Command, argv: readonly string[] = []): Promise<void> {
  const command = program
    .command('forecast')
    .description('Tell time, memory and disk that an experiment will take, from a few real steps of it.')
    .option(
      '--phases <a,b,…>',
      `of ${Phase.options.join(', ')}; those of the preset, or ${USUAL.join(', ')} where left out`,
    )
    .option('--folder <folder>', 'where the run would be, for the room on that disk', '.');
  const settings = await addExperiment(command, argv);
  command.option('--json', 'the last line of stdout is the forecast as JSON').addHelpText('after', HELP);
  command.action(async (given: Given) => {
    const { presets } = await import('../../../core/engine/presets.ts');
    const { runForecast } = await import('../runForecast.ts');
    const config = await searchConfig(given, readOptions(command, settings) satisfies Tree);
    const preset = given.preset === undefined ? undefined : presets.get(given.preset).phases;
    const usual = (preset ?? USUAL).filter((phase) => phase !== 'search' || config.genotype === undefined);
    const phases = given.phases === undefined ? usual : readPhases(given.phases);
    process.exitCode = await runForecast({ config, phases, folder: given.folder, json: given.json });
  });
}

/** In the order in which they are done. @throws CellsmithError `bad-phases` */
export function readPhases(text: string): readonly Phase[] {
  const named = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = named.find((name) => !Phase.options.some((phase) => phase === name));
  if (named.length > 0 && unknown === undefined)
    return Phase.options.filter((phase) => named.includes(phase));
  throw new CellsmithError(
    'bad-phases',
    unknown === undefined ? '--phases names no phase.' : `--phases: there is no phase '${unknown}'.`,
    `Choose of: ${Phase.options.join(', ')}.`,
  );
}
