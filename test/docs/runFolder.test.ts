/** `docs/run-folder.md` lists the kinds of events with their fields, as the journal has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunEvent } from '../../core/runs/events.ts';
import { root } from '../helpers/sourceImports.ts';

const page = readFileSync(join(root, 'docs/run-folder.md'), 'utf8');
const table = page.slice(page.indexOf('| kind '), page.indexOf('`edgeWeights` are'));
const rows = new Map(
  [...table.matchAll(/^\| `(\w+)` +\| (.*?) \| /gm)].map(([, kind, fields]) => [kind, fields]),
);

describe('docs/run-folder.md', () => {
  it('lists every kind of event and no other', () => {
    const kinds = RunEvent.options.map(({ shape }) => shape.kind.value as string);
    expect([...rows.keys()].sort()).toEqual(kinds.sort());
  });

  it.each(RunEvent.options.map(({ shape }) => [shape.kind.value, Object.keys(shape)] as const))(
    'names each field of %s',
    (kind, fields) => {
      const row = rows.get(kind) ?? '';
      const missing = fields.filter(
        (field) => field !== 'kind' && field !== 'at' && !row.includes(`\`${field}\``),
      );
      expect(missing).toEqual([]);
    },
  );
});
