/** What the window calls a setting: the title in its schema. */
import { z } from 'zod';
import { RunConfig } from '../../core/runs/runConfig.ts';

interface Node {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

const schema = z.toJSONSchema(RunConfig, { io: 'input' }) as Node;

/** @throws where the schema has no such setting, or no title of it */
export function titleOf(...path: readonly string[]): string {
  const node = path.reduce<Node | undefined>((at, name) => {
    const next = at?.properties?.[name] ?? at?.items?.properties?.[name];
    return next;
  }, schema);
  if (node?.title === undefined) throw new Error(`no title of ${path.join('.')}`);
  return node.title;
}
