/** `docs/commands.md`: every command and preset, an example file that is one, options that there are. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { presets } from '../../core/engine/presets.ts';
import { RunConfig } from '../../core/runs/runConfig.ts';
import { completeConfig } from '../../headless/cli/completeConfig.ts';
import { buildProgram } from '../../headless/cli/main.ts';
import { root } from '../helpers/sourceImports.ts';

const page = readFileSync(join(root, 'docs/commands.md'), 'utf8');
const commands = readdirSync(join(root, 'headless/cli/commands')).map((file) => file.replace(/\.ts$/, ''));
const sections = new Map(
  page.split(/^## /m).map((text) => [text.slice(0, text.indexOf('\n')), text] as const),
);
/** Lines such as `$ cellsmith cost --genotype DARTS_V2`, as words. */
const examples = [...page.matchAll(/^\$ cellsmith (.*)$/gm)].map(([, line]) => line.split(' '));

describe('docs/commands.md', () => {
  it('has a section for each command, with an example', () => {
    const shown = new Set(examples.map(([name]) => name));
    expect(commands.filter((name) => !sections.has(name) || !shown.has(name))).toEqual([]);
  });

  it.each(examples.map((words) => [words.join(' '), words] as const))(
    'uses options that there are: %s',
    async (_line, words) => {
      let command = await buildProgram(words);
      for (const word of words) command = command.commands.find((sub) => sub.name() === word) ?? command;
      const known = command.options.map(({ long }) => long);
      const used = words.filter((word) => word.startsWith('--'));
      expect(used.filter((option) => !known.includes(option))).toEqual([]);
    },
  );

  it('shows an experiment file that is one, and names each section', async () => {
    const text = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const tree = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    expect((await completeConfig(tree, '')).name).toBe('tiny');
    const section = sections.get('The experiment file') ?? '';
    expect(Object.keys(RunConfig.shape).filter((key) => !section.includes(`\`${key}\``))).toEqual([]);
  });

  it('lists the presets', () => {
    const section = sections.get('Presets') ?? '';
    expect(presets.all.filter(({ id }) => !section.includes(`| \`${id}\``))).toEqual([]);
  });
});
