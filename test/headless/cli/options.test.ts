import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describe as describeNode } from '../../../core/config/schemaWords.ts';
import { DataConfig, RunConfig } from '../../../core/runs/runConfig.ts';
import { retrainOptions } from '../../../headless/cli/commands/retrain.ts';
import { formats } from '../../../headless/cli/commands/export.ts';
import { searchOptions } from '../../../headless/cli/commands/search.ts';
import { addOptions, namedOption, readOptions, sectionOptions } from '../../../headless/cli/configOptions.ts';
import { buildProgram } from '../../../headless/cli/main.ts';
import { optionValue } from '../../../headless/cli/optionValue.ts';
import { schemaOptions } from '../../../headless/cli/schemaOptions.ts';

const Sample = z.strictObject({
  stepSize: z.number().min(0).max(1).default(0.5).meta({ title: 'Step size', unit: 'pixels' }),
  inner: z.strictObject({ order: z.enum(['first', 'second']).default('first') }).prefault({}),
  names: z.array(z.string()).default([]),
  list: z.array(z.strictObject({ a: z.number() })).default([]),
  on: z.boolean().default(true),
});

function given(...argv: string[]): unknown {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  const options = sectionOptions(Sample, { at: ['part'] });
  addOptions(command, options);
  command.parse(argv, { from: 'user' });
  return readOptions(command, options);
}

describe('options drawn from a schema', () => {
  it('have a flag for each leaf and help with unit, range and default', () => {
    expect(schemaOptions(Sample).map(({ flag }) => flag)).toEqual([
      'step-size',
      'inner-order',
      'names',
      'list',
      'on',
    ]);
    const command = new Command();
    addOptions(command, sectionOptions(Sample));
    expect(command.helpInformation()).toMatch(
      /--step-size <number>\s+Step size \[pixels\]; ≥ 0, ≤ 1; default 0\.5/,
    );
    expect(command.helpInformation()).toMatch(/--inner-order <first\|second>\s+default first/);
  });

  it('are read back to their places, the others stay absent', () => {
    expect(given('--step-size', '8/255', '--inner-order', 'second', '--names', 'a, b')).toEqual({
      part: { stepSize: 8 / 255, inner: { order: 'second' }, names: ['a', 'b'] },
    });
    expect(given('--on', 'false', '--list', '[{"a":1}]')).toEqual({ part: { on: false, list: [{ a: 1 }] } });
    expect(given()).toEqual({});
  });

  it.each([
    [['--step-size', 'much'], /--step-size cannot be 'much'/],
    [['--inner-order', 'third'], /--inner-order cannot be 'third'/],
    [['--on', 'yes'], /--on cannot be 'yes'/],
    [['--list', '[{'], /--list cannot be/],
    [['--stepsize', '1'], /unknown option '--stepsize'[^]*step-size/],
  ])('refuse %j', (argv, message) => {
    expect(() => given(...argv)).toThrow(message);
  });
});

describe('the options of search and retrain', () => {
  it('cover every leaf of the configuration, with no flag twice', () => {
    const flags = searchOptions().map(({ flag }) => flag);
    expect(new Set(flags).size).toBe(flags.length);
    const reached = new Set(searchOptions().map(({ path }) => path.join('.')));
    const leaves = schemaOptions(RunConfig).map(({ path }) => path.join('.'));
    // A genotype is given to `retrain`, which searches none.
    const byOtherOptions = /^(search\.strategy|retrain\.recipe|genotype)\./;
    expect(leaves.filter((leaf) => !reached.has(leaf) && !byOtherOptions.test(leaf))).toEqual([]);
  });

  it('let retrain change how, not what, is trained', () => {
    const paths = retrainOptions().map(({ path }) => path.join('.'));
    expect(paths).toContain('retrain.epochs');
    expect(paths).not.toContain('network.channels');
  });
});

describe('small parts', () => {
  it('look at one option before parsing', () => {
    expect(optionValue(['search', '--strategy', 'darts'], 'strategy')).toBe('darts');
    expect(optionValue(['--strategy=random', '--seed', '1'], 'strategy')).toBe('random');
    expect(optionValue(['--strategy-epsilon', '1', '--strategy'], 'strategy')).toBeUndefined();
  });

  it('tell what is done where they are left out, be that another thing than the schema’s default', () => {
    const words = (leaf: string): string => describeNode(namedOption(RunConfig, leaf, leaf, []).node);
    expect(words('executor')).toMatch(
      /^Executor; left out = .* fastest that was measured here, else onnx-cpu$/,
    );
    expect(words('threads')).toMatch(/0 = as many as the machine has; left out = .*; ≥ 0, ≤ 256$/);
    expect(words('seed')).toContain('default 1');
    const source = namedOption(DataConfig, 'source', 'data', ['data']);
    expect(describeNode(source.node)).not.toContain('default');
  });

  it('take each export format once', () => {
    expect(formats('onnx, pytorch,,onnx')).toEqual(['onnx', 'pytorch']);
    for (const none of ['', ' , ']) expect(() => formats(none)).toThrow(/names no format/);
  });
});

describe('help', () => {
  it('lists every command and each teaches by an example', async () => {
    const program = await buildProgram([]);
    const names = program.commands.map((command) => command.name());
    expect(names).toEqual([
      'demo',
      'forecast',
      'search',
      'retrain',
      'evaluate',
      'export',
      'resume',
      'report',
      'cost',
      'range',
      'data',
      'doctor',
      'tensorflow',
      'cuda',
      'serve',
    ]);
    expect(program.commands.every((command) => command.description().length > 20)).toBe(true);
  });

  it('loads only the command called', async () => {
    expect((await buildProgram(['cost', '--json'])).commands.map((command) => command.name())).toEqual([
      'cost',
    ]);
  });
});
