/** One network of a run: whether it is trained, how far it is, what came of it. */
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { compact, count, duration, percent } from '../../../../core/report/format.ts';
import { training as texts } from '../../../texts/training.ts';
import { Card } from '../../../ui/Card.tsx';
import { Badge, Facts, ProgressBar } from '../../../ui/feedback.tsx';
import { timeWords } from '../frame/statusWords.ts';
import type { Training } from './trainings.ts';

const TONES = { none: 'plain', planned: 'plain', running: 'busy', waiting: 'warn', done: 'good' } as const;

export function NetworkCard({ training, recipe }: { readonly training: Training; readonly recipe: string }) {
  const { label, state, result } = training;
  return (
    <Card
      title={texts.networks[label]}
      about={texts.about[label]}
      actions={<Badge tone={TONES[state]}>{texts.states[state]}</Badge>}
    >
      <div className="stack">
        {contentOf(training)}
        {result === undefined ? (
          <Facts items={[[texts.recipe, recipe]]} />
        ) : (
          <Facts items={resultFacts(training, result)} />
        )}
      </div>
    </Card>
  );
}

function contentOf({ state, phase, progress }: Training): ReactNode {
  switch (state) {
    case 'none':
      return <p className="soft">{texts.notPlanned}</p>;
    case 'planned':
      return <p className="soft">{texts.comesLater}</p>;
    case 'running':
    case 'waiting': {
      const { epochs = 0 } = phase?.progress ?? {};
      const epoch = Math.floor((progress?.share ?? 0) * epochs);
      const left = state === 'running' && progress !== undefined ? timeWords(progress.left) : '';
      return (
        <ProgressBar
          label={texts.progress(Math.min(epochs, epoch + 1), epochs)}
          share={progress?.share}
          detail={`${percent(progress?.share ?? 0, 0)}${left === '' ? '' : ` · ${left}`}`}
        />
      );
    }
    case 'done':
      return undefined;
  }
}

function resultFacts(
  { phase }: Training,
  result: NonNullable<Training['result']>,
): readonly (readonly [ReactNode, ReactNode])[] {
  return [
    [
      texts.validation,
      <>
        <strong className="training-figure num">{percent(result.validationAccuracy)}</strong>
        <span className="soft small"> {texts.validationAbout}</span>
      </>,
    ],
    [texts.parameters, count(result.params)],
    [texts.macs, compact(result.macs)],
    ...(phase?.seconds === undefined ? [] : [[texts.duration, duration(phase.seconds)] as const]),
    [texts.recipe, result.recipe],
    [texts.weights, <FilePath key="path" path={result.path} />],
  ];
}

/** Breaks at its folders rather than in the middle of a name. */
function FilePath({ path }: { readonly path: string }) {
  const parts = path.split('/');
  return (
    <code>
      {parts.map((part, i) => (
        <Fragment key={i}>
          {part}
          {i < parts.length - 1 && (
            <>
              /<wbr />
            </>
          )}
        </Fragment>
      ))}
    </code>
  );
}
