/** What has to be mended, in words, each with a way to the setting. */
import { useLocation } from 'wouter';
import type { ConfigIssue } from '../../../core/protocol/libraryApi.ts';
import type { GuideStep } from '../../shell/links.ts';
import { links } from '../../shell/links.ts';
import { useCatalog } from '../../store/catalog.ts';
import { useDraft } from '../../store/draft.ts';
import { guide } from '../../texts/guide.ts';
import { withIsolatedNames } from '../../texts/isolated.ts';
import { Button } from '../../ui/Button.tsx';
import { issueWords } from './issueWords.ts';
import { showField } from './showField.ts';

/** @param step where the settings are, if that is another step than the one shown */
export function IssueList({
  issues,
  step,
}: {
  readonly issues: readonly ConfigIssue[];
  readonly step?: GuideStep;
}) {
  return (
    <ul className="issue-list">
      {issues.map((issue) => (
        <Issue key={`${issue.path.join('.')} ${issue.message}`} issue={issue} step={step} />
      ))}
    </ul>
  );
}

function Issue({ issue, step }: { readonly issue: ConfigIssue; readonly step: GuideStep | undefined }) {
  const [, go] = useLocation();
  const catalog = useCatalog((state) => state.catalog);
  const config = useDraft((state) => state.config);
  const set = useDraft((state) => state.set);
  if (catalog === undefined) return <li>{issue.message}</li>;
  const { path } = issue;
  const { title, text, isUnknown } = issueWords(issue, catalog, config);
  return (
    <li>
      <span>
        {title !== undefined && <strong>{title}: </strong>}
        {withIsolatedNames(text)}
      </span>
      {isUnknown ? (
        <Button size="small" onClick={() => set(path, undefined)}>
          {guide.remove}
        </Button>
      ) : (
        path.length > 0 && (
          <Button
            size="small"
            onClick={() => {
              if (step !== undefined) go(links.guide(step));
              showField(path);
            }}
          >
            {step === undefined ? guide.show : guide.showIn(guide.steps[step].title)}
          </Button>
        )
      )}
    </li>
  );
}
