/** Batches that the images cannot fill, once they were counted: the library knows bounds only. Pure. */
import type { ConfigIssue, DataLook } from '../../../core/protocol/libraryApi.ts';
import type { RunConfig } from '../../../core/runs/runConfig.ts';
import { guide as words } from '../../texts/guide.ts';

/** @param searches whether a supernet is trained, by batches of both of its splits */
export function batchProblems(
  { search, retrain }: Pick<RunConfig, 'search' | 'retrain'>,
  parts: DataLook['parts'],
  searches: boolean,
): readonly ConfigIssue[] {
  const countOf = (name: string): number => parts.find(({ part }) => part === name)?.count ?? Infinity;
  const [weights, alphas] = [countOf('weights'), countOf('alphas')];
  const wanted = [
    ...(searches ? [['search', search.batchSize, Math.min(weights, alphas)] as const] : []),
    ['retrain', retrain.batchSize, weights + alphas] as const,
  ];
  return wanted
    .filter(([, batchSize, images]) => batchSize > images)
    .map(([phase, batchSize, images]) => ({
      path: [phase, 'batchSize'],
      message: words.batchTooLarge[phase](batchSize, images),
      hint: words.batchHint(images),
    }));
}
