/** A data set without its path, in the words of a window rather than those of a file. Pure. */
import type { CatalogDataset } from '../../../../core/protocol/catalog.ts';
import type { ConfigIssue } from '../../../../core/protocol/libraryApi.ts';
import { guideData as words } from '../../../texts/guideData.ts';
import { readSource } from './sources.ts';

/** @param source as the draft has it */
export function withoutPath(
  issues: readonly ConfigIssue[],
  source: unknown,
  datasets: readonly CatalogDataset[],
): readonly ConfigIssue[] {
  if (typeof source !== 'string') return issues;
  const { id, path } = readSource(source);
  const dataset = datasets.find((one) => one.id === id);
  if (path !== undefined || dataset === undefined || !dataset.path.needed) return issues;
  const { message, hint } =
    dataset.download === undefined
      ? { message: words.chooseFirst, hint: words.chooseFirstHint }
      : { message: words.fetchFirst(dataset.title), hint: words.fetchFirstHint };
  return issues.map((issue) =>
    issue.path.join('.') === 'data.source' ? { ...issue, message, hint } : issue,
  );
}
