/** What keeps a genotype, written or drawn by hand, from being trained as a network. Tensor-free. */
import type { CellKind, Genotype } from './genotype.ts';

export interface GenotypeProblem {
  readonly cell: CellKind;
  /** Begins small and has no full stop. */
  readonly message: string;
}

/**
 * Two edges of a node may read one state: the network is then what the genotype says, as published ones are.
 * @returns nothing where the network can be built and every edge of it does something
 */
export function genotypeProblems(genotype: Genotype): readonly GenotypeProblem[] {
  return (['normal', 'reduce'] as const).flatMap((cell) => [
    ...genotype[cell].edges.flatMap(({ op, from }, i): GenotypeProblem[] =>
      op === 'none'
        ? [
            {
              cell,
              message: `edge ${i}, from state ${from} into node ${Math.floor(i / 2)}, is ‘none’ and passes nothing on; give it another operation`,
            },
          ]
        : [],
    ),
    ...genotype[cell].concat.flatMap((state): GenotypeProblem[] =>
      cell === 'reduce' && state < 2
        ? [
            {
              cell,
              message: `a reduction cell cannot concatenate its input (state ${state}), which is twice as large as its nodes`,
            },
          ]
        : [],
    ),
  ]);
}
