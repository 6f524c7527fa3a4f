import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tree } from '../../../core/config/tree.ts';
import { completeConfig } from '../../../core/engine/completeConfig.ts';
import { retrainOptions } from '../../../headless/cli/commands/retrain.ts';
import { searchConfig, searchOptions, strategyOptions } from '../../../headless/cli/commands/search.ts';
import { memoryCommands } from '../../../headless/cli/memoryCommands.ts';
import { parseOption } from '../../../headless/cli/schemaOptions.ts';
import { setPath } from '../../../core/config/tree.ts';
import { writeManifest } from '../../helpers/runManifest.ts';

const config = completeConfig({ search: { strategy: { id: 'darts' } } } as Tree, '', { get: (id) => id });
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'cellsmith-commands-')), 'first');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

describe('the commands that are offered where memory ran out', () => {
  it('begin a search with less from the file of the run, beside it, and go on with it', async () => {
    mkdirSync(`${folder}-2`);
    const working = [{ id: 'onnx-cpu' }, { id: 'onnx-cuda', onCard: true }];
    expect(await memoryCommands(config, 'search', folder, working)).toEqual([
      `cellsmith search --config ${folder}/run.json --search-batch-size 32 --strategy-learning-rate 0.0125 --strategy-learning-rate-min 0.0005 --out ${folder}-3`,
      `cellsmith search --config ${folder}/run.json --search-partial-channels 4 --out ${folder}-3`,
      `cellsmith search --config ${folder}/run.json --search-channels 8 --out ${folder}-3`,
      `cellsmith search --config ${folder}/run.json --search-cells 4 --out ${folder}-3`,
      `cellsmith search --config ${folder}/run.json --executor onnx-cuda --out ${folder}-3`,
      `cellsmith resume --run ${folder}`,
    ]);
  });

  it('are those that help where the heap of JavaScript was full', async () => {
    expect(await memoryCommands(config, 'search', folder, [], true)).toEqual([
      `cellsmith search --config ${folder}/run.json --search-cells 4 --out ${folder}-2`,
      `cellsmith resume --run ${folder}`,
    ]);
  });

  it('are understood by the command line, and change what they say alone', async () => {
    const path = writeManifest(folder, config);
    const known = [...searchOptions(), ...(await strategyOptions('darts'))];
    const [batch] = await memoryCommands(config, 'search', folder, []);
    const given: Tree = {};
    for (const [, flag, value] of batch.matchAll(/--([a-z-]+) (\S+)/g)) {
      const option = known.find((one) => one.flag === flag);
      if (option !== undefined) setPath(given, option.path, parseOption(option, value));
    }
    const less = await searchConfig({ config: path }, given);
    expect(less.search.batchSize).toBe(32);
    expect(less.search.strategy.config).toMatchObject({ learningRate: 0.0125, learningRateMin: 0.0005 });
    const { batchSize, strategy } = config.search;
    expect({ ...less, search: { ...less.search, batchSize, strategy } }).toEqual(config);
  });

  it('train the same genotype with less where the training did not fit', async () => {
    const flags = retrainOptions().map(({ flag }) => flag);
    expect(flags).toEqual(expect.arrayContaining(['batch-size', 'learning-rate']));
    const line = `cellsmith retrain --run ${folder} --batch-size 48 --learning-rate 0.0125`;
    expect(await memoryCommands(config, 'retrain', folder, [])).toEqual([
      line,
      `cellsmith retrain --genotype ${folder} --config ${folder} --network-channels 18 --out ${folder}-2`,
      `cellsmith retrain --genotype ${folder} --config ${folder} --network-cells 10 --out ${folder}-2`,
      `cellsmith resume --run ${folder}`,
    ]);
    const [both, narrow] = await memoryCommands(config, 'baseline', folder, []);
    expect(both).toBe(line.replace(' --batch', ' --baseline --batch'));
    expect(narrow).toContain(`--config ${folder} --baseline --network-channels 18`);
  });

  it('only go on where no option of a command would help, and quote what a shell would take apart', async () => {
    expect(await memoryCommands(config, 'evaluate', "/tmp/my run's", [])).toEqual([
      String.raw`cellsmith resume --run '/tmp/my run'\''s'`,
    ]);
  });
});
