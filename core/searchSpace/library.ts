/** Published genotypes, for comparison and for retraining without a search. */
import { registry } from '../base/registry.ts';
import type { CellGenotype, Genotype, PrimitiveId } from './genotype.ts';

export interface PublishedGenotype {
  readonly id: string;
  readonly title: string;
  /** Paper, and where the genotype was released. */
  readonly source: string;
  /** What it was searched on. */
  readonly dataset: 'CIFAR-10' | 'CIFAR-100' | 'SVHN';
  readonly note?: string;
  readonly genotype: Genotype;
}

const OPERATIONS: Readonly<Record<string, PrimitiveId>> = {
  none: 'none',
  max: 'max_pool_3x3',
  avg: 'avg_pool_3x3',
  skip: 'skip_connect',
  sep3: 'sep_conv_3x3',
  sep5: 'sep_conv_5x5',
  dil3: 'dil_conv_3x3',
  dil5: 'dil_conv_5x5',
};

/** 'operation:source operation:source | …', one pair per node; all nodes are concatenated. */
function cell(text: string): CellGenotype {
  const edges = text.split(/[ |]+/).map((edge) => {
    const [op, from] = edge.split(':');
    return { op: OPERATIONS[op], from: Number(from) };
  });
  return { edges, concat: Array.from({ length: edges.length / 2 }, (_, node) => node + 2) };
}

function published({
  normal,
  reduce,
  ...about
}: Omit<PublishedGenotype, 'genotype'> & {
  readonly normal: string;
  readonly reduce: string;
}): PublishedGenotype {
  return { ...about, genotype: { normal: cell(normal), reduce: cell(reduce) } };
}

const E2RNAS =
  'Yue et al. 2020, Effective, Efficient and Robust Neural Architecture Search (authors’ repository)';
const EN2AS =
  'Zhang et al. 2020, One-Shot Neural Architecture Search via Novelty Driven Sampling (authors’ repository)';

export const genotypes = registry('genotype', [
  published({
    id: 'DARTS_V1',
    title: 'DARTS, first order',
    source: 'Liu et al. 2019, DARTS: Differentiable Architecture Search',
    dataset: 'CIFAR-10',
    normal: 'sep3:1 sep3:0 | skip:0 sep3:1 | skip:0 sep3:1 | sep3:0 skip:2',
    reduce: 'max:0 max:1 | skip:2 max:0 | max:0 skip:2 | skip:2 avg:0',
  }),
  published({
    id: 'DARTS_V2',
    title: 'DARTS, second order',
    source: 'Liu et al. 2019, DARTS: Differentiable Architecture Search',
    dataset: 'CIFAR-10',
    normal: 'sep3:0 sep3:1 | sep3:0 sep3:1 | sep3:1 skip:0 | skip:0 dil3:2',
    reduce: 'max:0 max:1 | skip:2 max:1 | max:0 skip:2 | skip:2 max:1',
  }),
  published({
    id: 'PC_DARTS_CIFAR',
    title: 'PC-DARTS',
    source: 'Xu et al. 2020, PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture Search',
    dataset: 'CIFAR-10',
    normal: 'sep3:1 skip:0 | sep3:0 dil3:1 | sep5:0 sep3:1 | avg:0 dil3:1',
    reduce: 'sep5:1 max:0 | sep5:1 sep5:2 | sep3:0 sep3:3 | sep3:1 sep3:2',
  }),
  published({
    id: 'PDARTS',
    title: 'P-DARTS',
    source: 'Chen et al. 2019, Progressive Differentiable Architecture Search',
    dataset: 'CIFAR-10',
    normal: 'skip:0 dil3:1 | skip:0 sep3:1 | sep3:1 sep3:3 | sep3:0 dil5:4',
    reduce: 'avg:0 sep5:1 | sep3:0 dil5:2 | max:0 dil3:1 | dil3:1 dil5:3',
  }),
  published({
    id: 'MdeNAS',
    title: 'MdeNAS',
    source: 'Zheng et al. 2019, Multinomial Distribution Learning for Effective Neural Architecture Search',
    dataset: 'CIFAR-10',
    normal: 'sep5:1 sep3:0 | skip:0 sep5:1 | sep5:3 sep3:1 | dil5:3 max:4',
    reduce: 'max:0 sep5:1 | skip:0 skip:1 | sep3:3 skip:2 | dil3:3 sep5:0',
  }),
  published({
    id: 'ENNAS',
    title: 'EN²AS',
    source: EN2AS,
    dataset: 'CIFAR-10',
    note: 'Some edges are ‘none’.',
    normal: 'sep5:1 dil3:1 | dil3:1 sep3:1 | sep5:1 avg:0 | skip:0 none:3',
    reduce: 'dil3:0 none:0 | dil3:0 avg:1 | dil5:2 dil5:3 | none:2 sep3:3',
  }),
  published({
    id: 'ENNAS_PR',
    title: 'EN²AS-PR',
    source: EN2AS,
    dataset: 'CIFAR-10',
    note: 'Some edges are ‘none’, some nodes read one state twice.',
    normal: 'skip:0 max:1 | sep3:0 skip:1 | sep3:3 none:3 | none:3 max:1',
    reduce: 'dil3:0 sep3:0 | avg:0 avg:0 | avg:1 none:3 | sep3:0 dil5:3',
  }),
  published({
    id: 'E2RNAS_CIFAR10',
    title: 'E2RNAS, CIFAR-10',
    source: E2RNAS,
    dataset: 'CIFAR-10',
    normal: 'max:0 max:1 | sep5:0 max:1 | skip:3 max:2 | skip:4 max:2',
    reduce: 'skip:1 sep5:0 | sep3:1 sep3:0 | sep5:0 sep3:3 | max:4 max:3',
  }),
  published({
    id: 'E2RNAS_CIFAR100',
    title: 'E2RNAS, CIFAR-100',
    source: E2RNAS,
    dataset: 'CIFAR-100',
    normal: 'sep3:1 max:0 | sep3:1 max:0 | dil5:2 dil5:1 | skip:4 dil5:1',
    reduce: 'sep3:1 sep3:0 | sep5:2 sep5:1 | dil5:2 dil5:3 | dil5:4 dil5:3',
  }),
  published({
    id: 'E2RNAS_SVHN',
    title: 'E2RNAS, SVHN',
    source: E2RNAS,
    dataset: 'SVHN',
    normal: 'skip:1 max:0 | sep5:2 sep3:0 | sep5:1 avg:3 | skip:4 avg:3',
    reduce: 'dil3:0 sep3:1 | sep3:2 sep5:1 | sep5:2 sep5:3 | sep3:3 avg:1',
  }),
  published({
    id: 'E2RNAS_PC_DARTS',
    title: 'E2RNAS on PC-DARTS',
    source: E2RNAS,
    dataset: 'CIFAR-10',
    normal: 'sep5:1 sep5:0 | sep5:0 sep5:1 | max:3 max:2 | max:4 sep5:3',
    reduce: 'sep3:1 sep5:0 | sep5:2 sep3:1 | dil5:3 sep5:2 | sep5:3 sep5:4',
  }),
  published({
    id: 'E2RNAS_PDARTS',
    title: 'E2RNAS on P-DARTS',
    source: E2RNAS,
    dataset: 'CIFAR-10',
    normal: 'max:0 sep3:1 | sep5:0 sep3:2 | dil5:2 sep5:3 | sep5:2 sep5:4',
    reduce: 'sep5:0 sep3:1 | skip:1 dil3:2 | sep5:0 sep5:2 | sep3:0 sep5:4',
  }),
  published({
    id: 'E2RNAS_2021',
    title: 'E2RNAS as cited by later papers',
    source: E2RNAS,
    dataset: 'CIFAR-10',
    note: 'From the five-objective successor of 2021, not the genotype of the paper.',
    normal: 'avg:0 skip:1 | avg:0 sep3:2 | sep5:3 avg:0 | avg:0 sep5:2',
    reduce: 'avg:0 avg:1 | avg:0 avg:1 | avg:0 skip:3 | avg:0 skip:3',
  }),
]);
