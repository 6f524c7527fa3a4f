/** Options of a command that stand for places in the experiment's configuration. */
import type { Command } from 'commander';
import type { z } from 'zod';
import type { Tree } from '../../core/config/tree.ts';
import type { SchemaNode } from '../../core/config/schemaWords.ts';
import { setPath } from '../../core/config/tree.ts';
import { commanderOption, parseOption, schemaOptions } from './schemaOptions.ts';
import type { SchemaOption } from './schemaOptions.ts';

/**
 * One option per leaf of a section's schema.
 * @param section where the section stands in the configuration, how its flags begin, what gets no flag
 */
export function sectionOptions(
  schema: z.ZodType,
  section: { at?: readonly string[]; prefix?: readonly string[]; skip?: readonly string[] } = {},
): readonly SchemaOption[] {
  const { at = [], prefix = [], skip = [] } = section;
  return schemaOptions(schema, prefix, skip).map((option) => ({ ...option, path: [...at, ...option.path] }));
}

/** What a command does where it is left out, in place of the schema's default. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  source: 'needed where nothing else names it',
  executor: 'left out = the run’s; of a new run the fastest that was measured here, else onnx-cpu',
  threads: 'left out = the run’s; of a new run as many as were measured to be the fastest here, else all',
};

/** One leaf under a shorter name, such as `--data` for `data.source`. */
export function namedOption(
  schema: z.ZodType,
  leaf: string,
  flag: string,
  at: readonly string[],
): SchemaOption {
  const option = schemaOptions(schema).find(({ path }) => path.join('.') === leaf);
  if (option === undefined) throw new Error(`the schema has no ${leaf}`);
  return { ...option, node: withLeftOut(option.node, leaf), flag, path: [...at, ...option.path] };
}

function withLeftOut(node: SchemaNode, leaf: string): SchemaNode {
  if (!Object.hasOwn(LEFT_OUT, leaf)) return node;
  const { default: _ofSchema, ...rest } = node;
  const told = [node.description, LEFT_OUT[leaf]].filter((part) => part !== undefined);
  return { ...rest, description: told.join('; ') };
}

/** @param heading of the options in the command's help */
export function addOptions(command: Command, options: readonly SchemaOption[], heading?: string): void {
  for (const option of options) {
    const added = commanderOption(option);
    command.addOption(heading === undefined ? added : added.helpGroup(`${heading}:`));
  }
}

/** The options given, as a tree of the configuration; those left out are absent. */
export function readOptions(command: Command, options: readonly SchemaOption[]): Tree {
  const given = command.opts<Readonly<Record<string, unknown>>>();
  const tree: Tree = {};
  for (const option of options) {
    const text = given[commanderOption(option).attributeName()];
    if (typeof text === 'string') setPath(tree, option.path, parseOption(option, text));
  }
  return tree;
}
