/** What has to be mended, in words, each with a way to the setting. */
import { useLocation } from 'wouter';
import type { ConfigIssue } from '../../../core/protocol/libraryApi.ts';
import type { GuideStep } from '../../shell/links.ts';
import { links } from '../../shell/links.ts';
import { guide } from '../../texts/guide.ts';
import { Button } from '../../ui/Button.tsx';
import { showField } from './showField.ts';

/** @param step where the settings are, if that is another step than the one shown */
export function IssueList({
  issues,
  step,
}: {
  readonly issues: readonly ConfigIssue[];
  readonly step?: GuideStep;
}) {
  const [, go] = useLocation();
  return (
    <ul className="issue-list">
      {issues.map(({ path, message, hint }) => (
        <li key={`${path.join('.')} ${message}`}>
          <span>
            {message} {hint}
          </span>
          {path.length > 0 && (
            <Button
              size="small"
              onClick={() => {
                if (step !== undefined) go(links.guide(step));
                showField(path);
              }}
            >
              {step === undefined ? guide.show : guide.showIn(guide.steps[step].title)}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
