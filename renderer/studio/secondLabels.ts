/** What stands under the name of each operation in a drawing. */
import { compact } from '../../core/report/format.ts';
import { studio } from '../texts/studio.ts';
import type { CellElements } from './model/cellElements.ts';

export type SecondLabel = 'alpha' | 'params';

export function secondLabels({ operations }: CellElements, which: SecondLabel): ReadonlyMap<number, string> {
  return new Map(
    operations.flatMap(({ edge, alpha, params }) => {
      const text =
        which === 'alpha'
          ? alpha === undefined
            ? undefined
            : `α ${alpha.toFixed(2)}`
          : params === undefined
            ? undefined
            : params === 0
              ? studio.noWeights
              : compact(params);
      return text === undefined ? [] : [[edge, text] as const];
    }),
  );
}
