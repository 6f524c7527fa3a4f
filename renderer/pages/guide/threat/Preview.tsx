/** Real images at the radius that is set: clean, perturbed, and what lies between, magnified. */
import { Check, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { radius } from '../../../../core/report/format.ts';
import type { AttackConfig, RunConfig } from '../../../../core/runs/runConfig.ts';
import type { Perturbation } from '../../../../core/protocol/perturbation.ts';
import type { Query } from '../../../api/useQuery.ts';
import { useQuery } from '../../../api/useQuery.ts';
import { library } from '../../../api/services.ts';
import { PixelImage } from '../../../charts/Thumbnails.tsx';
import { useDraft } from '../../../store/draft.ts';
import { issuesBelow } from '../../../store/guideIssues.ts';
import type { Tree } from '../../../store/tree.ts';
import { threat as words } from '../../../texts/threat.ts';
import { Card } from '../../../ui/Card.tsx';
import { Button } from '../../../ui/Button.tsx';
import { FailureNote, Note, Waiting } from '../../../ui/feedback.tsx';
import { wholeAttack } from './attacks.ts';
import { titleOf } from './AttackList.tsx';

const COUNT = 8;
/** A slider that is being moved, a number that is being typed. */
const SETTLED_MS = 400;

export function PreviewCard({ attack }: { readonly attack: Tree | undefined }) {
  const whole = useMemo(() => (attack === undefined ? undefined : wholeAttack(attack)), [attack]);
  const config = useDraft((state) => state.complete);
  const isDataRight = useDraft(
    ({ checked }) => checked !== undefined && issuesBelow(checked, ['data']).length === 0,
  );
  const wanted =
    whole === undefined || config === undefined || !isDataRight ? undefined : keyOf(whole, config);
  const key = useSettled(wanted);
  const query = useQuery<Attacked>(key, async (options) => {
    if (whole === undefined || config === undefined) throw new Error(words.noPreview);
    const { data, seed } = config;
    const value = await library.call('perturb', { data, seed, attack: whole, count: COUNT }, options);
    return { value, norm: whole.norm };
  });
  const shown = useLast(query);
  return (
    <Card title={words.preview} about={words.previewAbout}>
      <div className="stack">
        {attack !== undefined && <p className="small num">{words.previewOf(titleOf(attack))}</p>}
        {whole === undefined || wanted === undefined ? (
          shown === undefined && (
            <Note tone="info">{attack === undefined ? words.noAttack : words.noPreview}</Note>
          )
        ) : (
          <Status query={query} isSettled={key === wanted} />
        )}
        {shown !== undefined && (
          <div className={query.kind === 'ready' && key === wanted ? undefined : 'preview-stale'}>
            <Images value={shown.value} norm={shown.norm} />
          </div>
        )}
      </div>
    </Card>
  );
}

/** The reply while the next one is awaited: an attack that is being changed leaves the last picture in its place. */
function useLast<T>(query: Query<T>): T | undefined {
  const now = query.kind === 'ready' ? query.value : undefined;
  const [last, setLast] = useState<T>();
  useEffect(() => {
    if (now !== undefined) setLast(() => now);
  }, [now]);
  return now ?? last;
}

interface Attacked {
  readonly value: Perturbation;
  readonly norm: AttackConfig['norm'];
}

/** All that the reply depends on; how many test images are measured later does not count. */
function keyOf({ limit: _, ...attack }: AttackConfig, { data, seed }: RunConfig): string {
  return JSON.stringify([attack, data, seed]);
}

/** Follows a value once it has stood still. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Status({
  query,
  isSettled,
}: {
  readonly query: Query<unknown> & { readonly retry: () => void; readonly cancel: () => void };
  readonly isSettled: boolean;
}) {
  if (!isSettled) return <Waiting label={words.attacking} />;
  switch (query.kind) {
    case 'loading':
      return <Waiting label={words.attacking} progress={query.progress} onCancel={query.cancel} />;
    case 'failed':
      if (query.failure.code !== 'cancelled')
        return <FailureNote failure={query.failure} onRetry={query.retry} />;
      return (
        <div className="buttons">
          <span className="soft">{words.cancelled}</span>
          <Button size="small" onClick={query.retry}>
            {words.again}
          </Button>
        </div>
      );
    case 'ready':
      return undefined;
  }
}

const SIDE = 72;

function Images({ value, norm }: Attacked) {
  const { classes, examples, clean, perturbed, difference, conditions, cleanAccuracy, attackedAccuracy } =
    value;
  const nameAt = (label: number): string => classes.at(label) ?? String(label);
  return (
    <div className="stack tight">
      <div className="table-scroll" tabIndex={0} role="group" aria-label={words.preview}>
        <table className="preview-table">
          <thead>
            <tr>
              <th scope="row">{words.truth}</th>
              {examples.map(({ label }, i) => (
                <th scope="col" key={i}>
                  {nameAt(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{words.clean}</th>
              {examples.map(({ label, before }, i) => (
                <td key={i}>
                  <PixelImage
                    images={clean}
                    index={i}
                    size={SIDE}
                    alt={words.imageOf(words.clean, nameAt(label))}
                  />
                  <Said name={nameAt(before)} isRight={before === label} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{words.perturbed}</th>
              {examples.map(({ label, after }, i) => (
                <td key={i}>
                  <PixelImage
                    images={perturbed}
                    index={i}
                    size={SIDE}
                    alt={words.imageOf(words.perturbed, nameAt(label))}
                  />
                  <Said name={nameAt(after)} isRight={after === label} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{words.difference}</th>
              {examples.map(({ label, size }, i) => (
                <td key={i}>
                  <PixelImage
                    images={difference}
                    index={i}
                    size={SIDE}
                    alt={words.imageOf(words.difference, nameAt(label))}
                  />
                  <span className="preview-said num">{radius(size, norm)}</span>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <p className="small num">
        {words.outcome(cleanAccuracy, attackedAccuracy, examples.length)} {words.differenceAbout}
      </p>
      <p className="small soft num">{conditions}</p>
    </div>
  );
}

function Said({ name, isRight }: { readonly name: string; readonly isRight: boolean }) {
  const Icon = isRight ? Check : X;
  return (
    <span className={isRight ? 'preview-said right' : 'preview-said wrong'}>
      <Icon aria-hidden />
      <span>{name}</span>
      <span className="unseen">{isRight ? words.isRight : words.isWrong}</span>
    </span>
  );
}
