/** What is unusual or wrong about a genotype that came from elsewhere: published, pasted, found in another space. */
import type { CellKind, Genotype, PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import { nodeOf, nodesOf } from './edit.ts';
import type { Rules } from './edit.ts';

export type Problem =
  /** Such a network cannot be trained. */
  | { readonly kind: 'zeroOperation'; readonly cell: CellKind; readonly edge: number; readonly node: number }
  | { readonly kind: 'inputInOutput'; readonly cell: CellKind; readonly state: number }
  /** It can be trained, but the search could not have found it. */
  | { readonly kind: 'sameState'; readonly cell: CellKind; readonly node: number; readonly from: number }
  | { readonly kind: 'outsideSpace'; readonly ops: readonly PrimitiveId[] }
  | { readonly kind: 'nodes'; readonly cell: CellKind; readonly nodes: number; readonly expected: number };

/** Whether the network cannot be trained before it is mended. */
export function isBlocking(problem: Problem): boolean {
  return problem.kind === 'zeroOperation' || (problem.kind === 'inputInOutput' && problem.cell === 'reduce');
}

/** @param nodes of the search space; undefined = any number */
export function problemsOf(
  genotype: Genotype,
  { primitives }: Rules,
  nodes: number | undefined,
): readonly Problem[] {
  const kinds = ['normal', 'reduce'] as const;
  const ops = [...new Set(kinds.flatMap((cell) => genotype[cell].edges.map(({ op }) => op)))];
  const outside = ops.filter((op) => op !== 'none' && !primitives.includes(op));
  return [
    ...kinds.flatMap((cell) => cellProblems(genotype, cell)),
    ...(outside.length === 0 ? [] : [{ kind: 'outsideSpace', ops: outside } as const]),
    ...kinds.flatMap((cell): Problem[] => {
      const found = nodesOf(genotype[cell]);
      return nodes === undefined || found === nodes
        ? []
        : [{ kind: 'nodes', cell, nodes: found, expected: nodes }];
    }),
  ];
}

function cellProblems(genotype: Genotype, cell: CellKind): readonly Problem[] {
  const { edges, concat } = genotype[cell];
  return [
    ...edges.flatMap(({ op }, edge): Problem[] =>
      op === 'none' ? [{ kind: 'zeroOperation', cell, edge, node: nodeOf(edge) }] : [],
    ),
    ...edges.flatMap(({ from }, edge): Problem[] =>
      edge % 2 === 1 && edges[edge - 1].from === from
        ? [{ kind: 'sameState', cell, node: nodeOf(edge), from }]
        : [],
    ),
    ...concat.flatMap((state): Problem[] => (state < 2 ? [{ kind: 'inputInOutput', cell, state }] : [])),
  ];
}
