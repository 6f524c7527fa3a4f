/** What was chosen, step by step, each with a way back to it and what is wrong with it. */
import { memo } from 'react';
import { GUIDE_STEPS, links } from '../../../shell/links.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { useDataLook } from '../../../store/dataLook.ts';
import { useDraft } from '../../../store/draft.ts';
import { guide } from '../../../texts/guide.ts';
import type { TermId } from '../../../texts/glossary.ts';
import { Term } from '../../../ui/Term.tsx';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Note, Waiting } from '../../../ui/feedback.tsx';
import { IssueList } from '../IssueList.tsx';
import type { StepProblems } from '../steps.ts';
import type { SummaryStep } from './summary.ts';
import { summaryOf } from './summary.ts';

const STEPS = GUIDE_STEPS.filter((step): step is SummaryStep => step !== 'review');

const { labels } = words;
const TERMS: Readonly<Record<string, TermId>> = {
  [labels.operations]: 'primitive',
  [labels.nodes]: 'node',
  [labels.supernet]: 'supernet',
  [labels.params]: 'params',
  [labels.macs]: 'macs',
  [labels.balancer]: 'mgda',
  [labels.adversary]: 'adversary',
  [labels.attacks]: 'robustAccuracy',
  [labels.strategy]: 'strategy',
  [labels.recipe]: 'retraining',
};

function Label({ text }: { readonly text: string }) {
  return Object.hasOwn(TERMS, text) ? <Term id={TERMS[text]}>{text}</Term> : text;
}

export const SummaryCard = memo(function SummaryCard({ problems }: { readonly problems: StepProblems }) {
  const complete = useDraft((state) => state.complete);
  const catalog = useCatalog((state) => state.catalog);
  const look = useDataLook();
  if (complete === undefined || catalog === undefined) return <Waiting label={guide.loading} />;
  const summary = summaryOf(complete, catalog, look.kind === 'ready' ? look.value.parts : []);
  return (
    <Card title={words.summary}>
      <ul className="summary">
        {STEPS.map((step) => (
          <li key={step}>
            <div className="summary-head">
              <h3>{guide.steps[step].title}</h3>
              <LinkButton to={links.guide(step)} size="small">
                {words.change}
                <span className="unseen">{guide.steps[step].title}</span>
              </LinkButton>
            </div>
            {problems[step].length > 0 && (
              <Note tone="bad">
                <IssueList issues={problems[step]} step={step} />
              </Note>
            )}
            <dl className="summary-facts">
              {summary[step].map(([label, value]) => (
                <div key={label}>
                  <dt>
                    <Label text={label} />
                  </dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  );
});
