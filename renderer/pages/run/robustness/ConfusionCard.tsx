/** What the images of each class are taken for, unchanged and attacked. */
import { useState } from 'react';
import { attackName, conditions, count, normName, percent, radius } from '../../../../core/report/format.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Card } from '../../../ui/Card.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/Field.tsx';
import { lookOf } from './confusionLook.ts';

type Confusion = RunView['confusions'][number];

function titleOf(confusion: Confusion, words = conditions): string {
  const { label, attack, n } = confusion;
  const network = label === 'found' || label === 'random' ? texts.networks[label] : label;
  return texts.confusionTitle(network, attack === undefined ? texts.unattacked : words(attack), count(n));
}

/** Short enough to be chosen from, and told apart; all conditions of the one that is chosen stand below it. */
function namesOf(confusions: readonly Confusion[]): readonly string[] {
  const names = confusions.map((one) => titleOf(one, shortly));
  return names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : titleOf(confusions[i]),
  );
}

const shortly: typeof conditions = (attack) =>
  `${attackName(attack)}, ${normName(attack.norm)}, ε = ${radius(attack.epsilon, attack.norm)}`;

export function ConfusionCard({ view: { confusions } }: { readonly view: RunView }) {
  const attacked = confusions.findLastIndex(({ attack, label }) => attack !== undefined && label === 'found');
  const [left, setLeft] = useState(0);
  const [right, setRight] = useState(attacked < 0 ? confusions.length - 1 : attacked);
  const options = namesOf(confusions).map((name, i) => ({ value: String(i), label: name }));
  const sides = [
    { label: texts.confusionLeft, index: left, set: setLeft },
    { label: texts.confusionRight, index: right, set: setRight },
  ];
  return (
    <Card title={texts.confusion} about={texts.confusionAbout}>
      <div className="grid-2">
        {sides.map(({ label, index, set }) => {
          const shown = confusions[Math.min(index, confusions.length - 1)];
          return (
            <div className="stack" key={label}>
              <Field label={label} hint={shown.attack === undefined ? texts.clean : conditions(shown.attack)}>
                {(control) => (
                  <Select
                    {...control}
                    value={String(Math.min(index, confusions.length - 1))}
                    options={options}
                    onChange={(value) => set(Number(value))}
                  />
                )}
              </Field>
              <Matrix confusion={shown} />
            </div>
          );
        })}
      </div>
    </Card>
  );
}

function Matrix({ confusion }: { readonly confusion: Confusion }) {
  const { classes, matrix } = confusion;
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={titleOf(confusion)}>
      <table className="confusion">
        <caption className="unseen">{titleOf(confusion)}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.trueOverSaid}</th>
            {classes.map((name) => (
              <th scope="col" key={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, i) => {
            const total = row.reduce((sum, value) => sum + value, 0);
            return (
              <tr key={classes[i]}>
                <th scope="row">{classes[i]}</th>
                {row.map((value, j) => {
                  const share = total === 0 ? 0 : value / total;
                  const { percent: colour, tone } = lookOf(share);
                  return (
                    <td
                      key={classes[j]}
                      className={i === j ? 'right-answer' : ''}
                      title={texts.cell(classes[i], classes[j], count(value), percent(share))}
                      style={{ background: `color-mix(in srgb, var(--heat) ${colour}%, transparent)` }}
                      data-tone={tone}
                    >
                      {value === 0 ? '' : value}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
