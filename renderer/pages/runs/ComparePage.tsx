/** Measured networks against each other: clean and robust accuracy, size; one threat model at a time. */
import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { accuracy, compact, count, interval } from '../../../core/report/format.ts';
import { tickText } from '../../../core/report/svg/scale.ts';
import { ScatterChart, outline } from '../../charts/ScatterChart.tsx';
import type { ScatterPoint } from '../../charts/ScatterChart.tsx';
import { links } from '../../shell/links.ts';
import { useRuns } from '../../store/runs.ts';
import { useSessionState } from '../../store/sessionState.ts';
import { runDraftKey, wantBasis } from '../../studio/wanted.ts';
import { common } from '../../texts/common.ts';
import { compareTexts as texts } from '../../texts/runs.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Select, Switch } from '../../ui/controls.tsx';
import { Field } from '../../ui/Field.tsx';
import { Empty, Waiting } from '../../ui/feedback.tsx';
import { Page } from '../../ui/Page.tsx';
import { Term } from '../../ui/Term.tsx';
import type { NetworkPoint, ThreatGroup } from './measuredNetworks.ts';
import { groupByThreat, paretoFront } from './measuredNetworks.ts';
import './compare.css';

const SHAPES = { found: 'circle', baseline: 'square', published: 'diamond' } as const;

export function ComparePage() {
  const list = useRuns((state) => state.list);
  const groups = useMemo(() => groupByThreat(list ?? []), [list]);
  return (
    <Page title={texts.title} about={texts.about}>
      {list === undefined ? (
        <Waiting label={common.loading} />
      ) : groups.length === 0 ? (
        <Empty
          title={texts.noMeasured}
          actions={
            <LinkButton to={links.home} tone="primary">
              {common.toHome}
            </LinkButton>
          }
        >
          {texts.noMeasuredAbout}
        </Empty>
      ) : (
        <Comparison groups={groups} />
      )}
    </Page>
  );
}

function Comparison({ groups }: { readonly groups: readonly ThreatGroup[] }) {
  const [chosen, setChosen] = useSessionState<string>('compare.threat', '');
  const [hasBaselines, setBaselines] = useSessionState<boolean>('compare.baselines', true);
  const [hasPublished, setPublished] = useSessionState<boolean>('compare.published', true);
  const [, navigate] = useLocation();
  const group = groups.find(({ id }) => id === chosen) ?? groups[0];
  const isPublished = group.points.some(({ kind }) => kind === 'published');
  const points = group.points.filter(
    ({ kind }) => (kind !== 'baseline' || hasBaselines) && (kind !== 'published' || hasPublished),
  );
  const front = paretoFront(points);
  return (
    <>
      <div className="compare-tools">
        <Field label={texts.threat}>
          {(control) => (
            <Select
              {...control}
              value={group.id}
              options={groups.map(({ id, title, points: all }) => ({
                value: id,
                label: texts.threatOption(title, all.filter(({ kind }) => kind !== 'published').length),
              }))}
              onChange={setChosen}
            />
          )}
        </Field>
        <Switch label={texts.showBaselines} checked={hasBaselines} onChange={setBaselines} />
        <Switch
          label={texts.showPublished}
          checked={hasPublished && isPublished}
          onChange={setPublished}
          hint={isPublished ? texts.publishedSource : texts.publishedNone}
        />
      </div>
      <Card title={texts.chart} about={texts.chartAbout(group.title)}>
        <div className="stack">
          <Key />
          <ScatterChart
            title={texts.chart}
            xName={texts.clean}
            yName={texts.robust}
            points={points.map((point) => markOf(point, front.has(point.id)))}
            show={(value) => tickText(value, 'percent')}
            onOpen={({ id, to }) => {
              if (to === undefined) return;
              wantCell(group.points.find((point) => point.id === id));
              navigate(to);
            }}
          />
        </div>
      </Card>
      <Card title={texts.table}>
        <NetworkTable points={points} front={front} threat={group.title} />
      </Card>
    </>
  );
}

function markOf(point: NetworkPoint, isOnFront: boolean): ScatterPoint {
  const { id, runId, name, kind, params, clean, robust } = point;
  return {
    id,
    x: clean.accuracy,
    y: robust.accuracy,
    size: params,
    shape: SHAPES[kind],
    isStrong: isOnFront,
    label: texts.pointLabel(name, figure(clean), figure(robust), count(params), isOnFront),
    xInterval: clean.interval,
    yInterval: robust.interval,
    ...(runId === undefined ? {} : { to: links.run(runId, 'cell') }),
  };
}

const figure = (value: NetworkPoint['clean']): string => `${accuracy(value)} (n = ${count(value.n)})`;

function Key() {
  return (
    <ul className="scatter-key">
      {(['found', 'baseline', 'published'] as const).map((kind) => (
        <li key={kind}>
          <svg viewBox="0 0 20 20" aria-hidden className={`scatter-mark ${SHAPES[kind]}`}>
            <path className="scatter-shape" d={outline(SHAPES[kind], 10, 10, 7)} />
          </svg>
          {texts[kind]}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 20 20" aria-hidden className="scatter-mark circle strong">
          <path className="scatter-shape" d={outline('circle', 10, 10, 7)} />
        </svg>
        <Term id="pareto">{texts.front}</Term>
      </li>
    </ul>
  );
}

function NetworkTable({
  points,
  front,
  threat,
}: {
  readonly points: readonly NetworkPoint[];
  readonly front: ReadonlySet<string>;
  readonly threat: string;
}) {
  const rows = points.toSorted((a, b) => b.robust.accuracy - a.robust.accuracy);
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={texts.table}>
      <table className="table">
        <caption>{texts.tableCaption(threat)}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.name}</th>
            <th scope="col">{texts.kind}</th>
            <th scope="col" className="right">
              {texts.robust}
            </th>
            <th scope="col" className="right">
              {texts.clean}
            </th>
            <th scope="col" className="right">
              {texts.params}
            </th>
            <th scope="col">{texts.frontHead}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((point) => {
            const { id, runId, name, kind, params, clean, robust } = point;
            return (
              <tr key={id}>
                <th scope="row">
                  {runId === undefined ? (
                    name
                  ) : (
                    <Link href={links.run(runId, 'cell')} onClick={() => wantCell(point)}>
                      {name}
                    </Link>
                  )}
                </th>
                <td>{texts[kind]}</td>
                <td className="right">
                  <Measured value={robust} />
                </td>
                <td className="right">
                  <Measured value={clean} />
                </td>
                <td className="right">{compact(params)}</td>
                <td>{front.has(id) ? texts.front : texts.notFront}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A baseline's cell is not the first one of its run. */
function wantCell(point: NetworkPoint | undefined): void {
  if (point?.runId === undefined || point.kind !== 'baseline') return;
  wantBasis(runDraftKey(point.runId), 'baseline');
}

function Measured({ value }: { readonly value: NetworkPoint['clean'] }) {
  return (
    <>
      {accuracy(value)}
      <span className="runs-below">{texts.intervalOf(interval(value), count(value.n))}</span>
    </>
  );
}
