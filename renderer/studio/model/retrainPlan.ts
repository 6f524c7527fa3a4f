/** The experiment that trains a genotype without a search, from the settings of another. */
import type { Phase } from '../../../core/runs/events.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../../core/searchSpace/space.ts';
import type { Tree } from '../../store/tree.ts';
import { withValueAt } from '../../store/tree.ts';
import { countOf } from './counts.ts';
import { nodesOf } from './edit.ts';

export interface RetrainWish {
  readonly name: string;
  readonly genotype: Genotype;
  /** Where it was counted; undefined leaves the network of the settings. */
  readonly skeleton: Skeleton | undefined;
  readonly baseline: boolean;
}

/** A random cell cannot have exactly as many parameters: it may have so much more or less. */
export const BASELINE_SHARE = 0.1;

export function retrainPhases(baseline: boolean): readonly Phase[] {
  return ['retrain', ...(baseline ? (['baseline'] as const) : []), 'evaluate', 'export'];
}

/**
 * Nothing is searched, so the bounds of a search say nothing here; they only tell how large the random baseline may be.
 * @param settings an experiment, whole or in part
 */
export function retrainConfig(settings: Tree, { name, genotype, skeleton, baseline }: RetrainWish): Tree {
  const changes: readonly (readonly [path: readonly string[], value: unknown])[] = [
    [['name'], name],
    [['genotype'], genotype],
    [['search', 'budget'], baseline && skeleton !== undefined ? sizesAbout(genotype, skeleton) : {}],
    ...(nodesOf(genotype.normal) === nodesOf(genotype.reduce)
      ? [[['search', 'space', 'nodes'], nodesOf(genotype.normal)] as const]
      : []),
    ...(skeleton === undefined
      ? []
      : ([
          [['network', 'cells'], skeleton.cells],
          [['network', 'channels'], skeleton.channels],
        ] as const)),
  ];
  return changes.reduce<Tree>((tree, [path, value]) => withValueAt(tree, path, value), settings);
}

function sizesAbout(genotype: Genotype, skeleton: Skeleton) {
  const { params } = countOf(genotype, skeleton);
  return {
    minParams: Math.floor(params * (1 - BASELINE_SHARE)),
    maxParams: Math.ceil(params * (1 + BASELINE_SHARE)),
  };
}
