/** Whether the attacks can be believed: signs of masked gradients. */
import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import type { RunView } from '../../../../core/runs/runView.ts';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Card } from '../../../ui/Card.tsx';
import { Term } from '../../../ui/Term.tsx';
import type { MaskingCheck } from './robustResults.ts';
import { maskingChecks } from './robustResults.ts';

const ICONS = { passed: CircleCheck, failed: TriangleAlert, notMeasured: CircleHelp } as const;

export function MaskingCard({ view }: { readonly view: RunView }) {
  return (
    <Card
      title={texts.masking}
      about={
        <>
          <Term id="gradientMasking">{texts.maskingTerm}</Term> {texts.maskingAbout}
        </>
      }
    >
      <ul className="masking">
        {maskingChecks(view).map((check) => (
          <Check key={check.id} check={check} />
        ))}
      </ul>
      <p className="soft small">{texts.maskingLimits}</p>
    </Card>
  );
}

function Check({ check: { id, verdict } }: { readonly check: MaskingCheck }) {
  const Icon = ICONS[verdict.kind];
  const { title, need } = texts.checks[id];
  return (
    <li className={`masking-check ${verdict.kind}`}>
      <Icon aria-hidden />
      <div>
        <div>
          <strong>{texts.verdicts[verdict.kind]}</strong> {title}
        </div>
        {verdict.kind === 'notMeasured' && <div className="soft small">{need}</div>}
        {verdict.kind === 'failed' &&
          verdict.warnings.map(({ message, hint }) => (
            <div className="small" key={message}>
              {message} {hint}
            </div>
          ))}
      </div>
    </li>
  );
}
