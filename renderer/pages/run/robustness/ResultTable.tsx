/** Clean and robust accuracy of found network and baseline, each robust figure with all its conditions. */
import { accuracy, conditions, count, interval } from '../../../../core/report/format.ts';
import type { Counted } from '../../../../core/runs/events.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Card } from '../../../ui/Card.tsx';
import { Term } from '../../../ui/Term.tsx';
import { LABELS, attacksOf, evaluationOf, isSameAttack } from './robustResults.ts';

export function ResultTable({ view }: { readonly view: RunView }) {
  const labels = LABELS.filter((label) => evaluationOf(view, label) !== undefined);
  return (
    <Card title={texts.results} about={texts.resultsAbout}>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={texts.results}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{texts.measurement}</th>
              {labels.map((label) => (
                <th scope="col" key={label} className="right">
                  {texts.networks[label]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{texts.clean}</th>
              {labels.map((label) => (
                <td key={label} className="right">
                  <Figure value={evaluationOf(view, label)?.clean} />
                </td>
              ))}
            </tr>
            {attacksOf(view).map((attack) => (
              <tr key={conditions(attack)}>
                <th scope="row">{conditions(attack)}</th>
                {labels.map((label) => (
                  <td key={label} className="right">
                    <Figure
                      value={evaluationOf(view, label)?.robust.find((one) => isSameAttack(one, attack))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft small">
        <Term id="confidenceInterval" /> {texts.belowFigures}
      </p>
    </Card>
  );
}

function Figure({ value }: { readonly value: Counted | undefined }) {
  if (value === undefined) return <>{texts.notMeasured}</>;
  return (
    <>
      <strong>{accuracy(value)}</strong>
      <span className="robust-below">{texts.sample(interval(value), count(value.n))}</span>
    </>
  );
}
