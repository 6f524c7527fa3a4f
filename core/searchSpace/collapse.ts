/** Signs that a search settles or collapses: entropy of alphas and betas, skips, operations without weights, stability. */
import type { CellGenotype, Genotype, PrimitiveId } from './genotype.ts';
import type { EdgeWeights } from './discretize.ts';
import type { EdgeShares } from './edgeShares.ts';
import { byNode } from './edgeShares.ts';

const PARAMETER_FREE: readonly PrimitiveId[] = ['none', 'max_pool_3x3', 'avg_pool_3x3', 'skip_connect'];

/**
 * Mean entropy of the rows, divided by that of a uniform row: 1 at the start of a search, 0 when each edge is decided.
 */
export function alphaEntropy(edgeWeights: EdgeWeights): {
  readonly normalised: number;
  readonly perCell: { readonly normal: number; readonly reduce: number };
} {
  const normal = meanEntropy(edgeWeights.normal);
  const reduce = meanEntropy(edgeWeights.reduce);
  return { normalised: (normal + reduce) / 2, perCell: { normal, reduce } };
}

/** The same of the shares of edges: 1 where a node takes all its edges alike, 0 where it takes one. */
export function betaEntropy({ normal, reduce }: EdgeShares): number {
  return (meanEntropy(byNode(normal)) + meanEntropy(byNode(reduce))) / 2;
}

function meanEntropy(rows: readonly (readonly number[])[]): number {
  const sum = rows.reduce((total, row) => total + rowEntropy(row) / Math.log(row.length), 0);
  return Math.min(1, Math.max(0, sum / rows.length));
}

/** In nats; 0 · log 0 = 0. */
function rowEntropy(row: readonly number[]): number {
  return row.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}

function parameterFree(edges: CellGenotype['edges']): number {
  return edges.filter(({ op }) => PARAMETER_FREE.includes(op)).length;
}

/** Share of kept edges that pool, skip or are `none`, in [0, 1]. A strided skip counts too, though it has weights. */
export function parameterFreeShare({ normal, reduce }: Genotype): number {
  const edges = [...normal.edges, ...reduce.edges];
  return parameterFree(edges) / edges.length;
}

/** Number of skip connections in both cells. */
export function skipCount({ normal, reduce }: Genotype): number {
  return skips(normal) + skips(reduce);
}

function skips({ edges }: CellGenotype): number {
  return edges.filter(({ op }) => op === 'skip_connect').length;
}

/** Share of edges (operation and source, per node) that two genotypes of one space have in common, in [0, 1]. */
export function stability(previous: Genotype, genotype: Genotype): number {
  let equal = 0;
  let total = 0;
  for (const kind of ['normal', 'reduce'] as const) {
    const before = previous[kind].edges;
    const now = genotype[kind].edges;
    total += Math.max(before.length, now.length);
    for (let first = 0; first < now.length; first += 2) {
      const rest = before.slice(first, first + 2);
      for (const edge of now.slice(first, first + 2)) {
        const at = rest.findIndex(({ op, from }) => op === edge.op && from === edge.from);
        if (at < 0) continue;
        rest.splice(at, 1);
        equal++;
      }
    }
  }
  return equal / total;
}

export interface CollapseWarning {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * What is suspicious about a genotype. Collapse to operations without weights: Yue et al. 2020 (E2RNAS) see it without
 * a lower bound. Skips: Chen et al. 2019 (P-DARTS) allow 2 of the 8 edges of a normal cell; here a quarter.
 * A reduction cell of pools and skips alone is no sign by itself: that of DARTS_V2 is one.
 */
export function collapseWarnings({ normal, reduce }: Genotype): CollapseWarning[] {
  const warnings: CollapseWarning[] = [];
  const empty = (cell: CellGenotype): boolean => parameterFree(cell.edges) === cell.edges.length;
  if (empty(normal) && empty(reduce)) {
    warnings.push({
      code: 'collapse-parameter-free',
      message: 'The search has collapsed: no edge of either cell has a convolution.',
      hint: 'Set a lower bound on the parameters, lower the learning rate of the alphas, or search for fewer epochs.',
    });
  } else if (empty(normal)) {
    warnings.push({
      code: 'collapse-normal-cell',
      message: 'No edge of the normal cell has a convolution.',
      hint: 'Set a lower bound on the parameters, or raise the one that is set.',
    });
  }
  const count = skips(normal);
  if (count > Math.max(1, normal.edges.length / 4)) {
    warnings.push({
      code: 'collapse-skips',
      message: `${count} of the ${normal.edges.length} edges of the normal cell are skip connections.`,
      hint: 'A search that runs for too long prefers skips: search for fewer epochs, or set a lower bound on the parameters.',
    });
  }
  return warnings;
}
