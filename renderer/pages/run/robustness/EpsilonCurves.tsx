/** Accuracy over the radius of the attack. */
import { useMemo } from 'react';
import { attackName, count, normName, percent, radius } from '../../../../core/report/format.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import { LineChart } from '../../../charts/LineChart.tsx';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Card } from '../../../ui/Card.tsx';
import type { EpsilonCurve } from './robustResults.ts';
import { epsilonCurves, otherSampleAtZero } from './robustResults.ts';

export function EpsilonCurves({ view }: { readonly view: RunView }) {
  const curves = useMemo(() => epsilonCurves(view), [view]);
  return (
    <Card title={texts.curve} about={texts.curveAbout}>
      {curves.length === 0 ? (
        <p className="soft">{texts.curveNeeds}</p>
      ) : (
        <div className="charts">
          {curves.map((curve) => (
            <Curve key={titleOf(curve)} curve={curve} />
          ))}
        </div>
      )}
    </Card>
  );
}

function titleOf({ attack }: EpsilonCurve): string {
  return texts.curveTitle(attackName(attack), normName(attack.norm), attack.restarts, count(attack.n));
}

function Curve({ curve }: { readonly curve: EpsilonCurve }) {
  const { norm } = curve.attack;
  const isLinf = norm === 'linf';
  const atZero = otherSampleAtZero(curve);
  return (
    <LineChart
      title={titleOf(curve)}
      note={atZero === undefined ? undefined : texts.curveZero(count(atZero), count(curve.attack.n))}
      xName={isLinf ? texts.epsilon255 : texts.epsilonLength}
      range={[0, 1]}
      show={(value) => percent(value)}
      showLast={(value, x) => texts.atEpsilon(percent(value), radius(isLinf ? x / 255 : x, norm))}
      showAxis={(value) => percent(value, 0)}
      lines={curve.networks.map(({ label, points }) => ({
        label: texts.networks[label],
        xs: points.map(({ epsilon }) => (isLinf ? epsilon * 255 : epsilon)),
        ys: points.map(({ accuracy }) => accuracy),
        look: label === 'found' ? 0 : 1,
        hasPoints: true,
      }))}
    />
  );
}
