/** What is wrong with a setting, for the field that shows it under its own name. */
import type { ConfigIssue } from '../../../core/protocol/libraryApi.ts';
import { useCatalog } from '../../store/catalog.ts';
import { issueAt, useDraft } from '../../store/draft.ts';
import type { Path } from '../../store/tree.ts';
import { issueWords } from './issueWords.ts';

/** @returns undefined where nothing is wrong, or not looked at yet */
export function useIssueText(path: Path): string | undefined {
  return useTextOf(useDraft(({ checked }) => issueAt(checked, path)));
}

export function useTextOf(issue: ConfigIssue | undefined): string | undefined {
  const catalog = useCatalog((state) => state.catalog);
  const config = useDraft((state) => state.config);
  return issue === undefined || catalog === undefined ? undefined : issueWords(issue, catalog, config).text;
}
