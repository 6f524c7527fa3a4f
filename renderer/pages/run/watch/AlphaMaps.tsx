/** The alphas as heat maps: of one epoch, edges by operations; or over the epochs, for the strongest or one operation. */
import { percent } from '../../../../core/report/format.ts';
import type { Family } from '../../../../core/report/names.ts';
import { FAMILY_NAMES, familyOf, opName } from '../../../../core/report/names.ts';
import type { CellKind } from '../../../../core/searchSpace/genotype.ts';
import { HeatMap } from '../../../charts/HeatMap.tsx';
import { useSessionState } from '../../../store/sessionState.ts';
import { watch } from '../../../texts/watch.ts';
import { Segments, Select } from '../../../ui/controls.tsx';
import type { AlphaCourse } from './epochs.ts';
import { CELLS, keeps, strongest } from './epochs.ts';

/** The same colours as in drawings of cells. */
const FAMILY_COLOURS: Readonly<Record<Family, string>> = {
  separable: '--c0',
  dilated: '--c2',
  convolution: '--c4',
  pooling: '--c1',
  skip: '--c3',
  none: '--c5',
};
const STRONGEST = 'strongest';
const SHARES = 'shares';
const SHARE_ROOM = 44;

/** What a field over the epochs shows: the strongest operation of its edge, the share of the edge, or one operation. */
type Quantity = typeof STRONGEST | typeof SHARES | number;

export function AlphaMaps({
  course,
  nodes,
  epoch,
  onEpoch,
}: {
  readonly course: AlphaCourse;
  readonly nodes: number;
  readonly epoch: number;
  readonly onEpoch: (epoch: number) => void;
}) {
  const [mode, setMode] = useSessionState<string>('watch.alphas', 'course');
  const [chosen, choose] = useSessionState<string>('watch.operation', STRONGEST);
  const quantity = quantityOf(course, chosen);
  const isCourse = mode === 'course';
  return (
    <section className="alphas" aria-label={watch.alphas}>
      <div className="alphas-head">
        <h3>{watch.alphas}</h3>
        <Segments
          label={watch.show}
          value={isCourse ? 'course' : 'epoch'}
          options={[
            { value: 'course', label: watch.showCourse },
            { value: 'epoch', label: watch.showEpoch },
          ]}
          onChange={setMode}
        />
        {isCourse && (
          <Select
            aria-label={watch.quantity}
            value={quantity === STRONGEST ? STRONGEST : chosen}
            options={[
              { value: STRONGEST, label: watch.strongest },
              ...(course.shareScale === undefined ? [] : [{ value: SHARES, label: watch.shares }]),
              ...course.operations.map((op) => ({ value: op, label: opName(op) })),
            ]}
            onChange={choose}
          />
        )}
        <span className="soft small">{isCourse ? '' : watch.alphasAbout}</span>
        {!isCourse && course.shareScale !== undefined && (
          <span className="soft small">{watch.sharesAbout}</span>
        )}
      </div>
      {isCourse && quantity === STRONGEST && <Families operations={course.operations} />}
      <div className="alpha-maps">
        {CELLS.map((kind) =>
          isCourse ? (
            <CourseMap
              key={kind}
              kind={kind}
              course={course}
              quantity={quantity}
              epoch={epoch}
              onEpoch={onEpoch}
            />
          ) : (
            <EpochMap key={kind} kind={kind} course={course} nodes={nodes} epoch={epoch} />
          ),
        )}
      </div>
    </section>
  );
}

function quantityOf({ operations, shareScale }: AlphaCourse, chosen: string): Quantity {
  if (chosen === SHARES && shareScale !== undefined) return SHARES;
  const operation = operations.indexOf(chosen);
  return operation < 0 ? STRONGEST : operation;
}

function placeOf({ epochs }: AlphaCourse, epoch: number): number {
  const at = epochs.findLastIndex((one) => one.epoch <= epoch);
  return Math.max(0, at);
}

function EpochMap({
  kind,
  course,
  nodes,
  epoch,
}: {
  readonly kind: CellKind;
  readonly course: AlphaCourse;
  readonly nodes: number;
  readonly epoch: number;
}) {
  const { weights, shares, genotype, epoch: shown } = course.epochs[placeOf(course, epoch)];
  return (
    <HeatMap
      title={watch.heatTitle(kind, shown + 1)}
      rows={course.edges}
      columns={course.operations.map(opName)}
      rowName={watch.rowName}
      columnName={watch.columnOperation}
      value={(row, column) => weights[kind][row]?.[column]}
      isMarked={(row, column) => keeps(genotype?.[kind], nodes, row, course.operations[column])}
      rules={course.rules}
      scale={course.scale[kind]}
      {...(shares === undefined
        ? {}
        : { rowNote: (row: number) => percent(shares[kind][row] ?? 0, 0), noteRoom: SHARE_ROOM })}
      hasNumbers
      namesAbove
    />
  );
}

function CourseMap({
  kind,
  course,
  quantity,
  epoch,
  onEpoch,
}: {
  readonly kind: CellKind;
  readonly course: AlphaCourse;
  readonly quantity: Quantity;
  readonly epoch: number;
  readonly onEpoch: (epoch: number) => void;
}) {
  const { epochs, operations } = course;
  const isStrongest = quantity === STRONGEST;
  const rowOf = (row: number, column: number): readonly number[] => epochs[column].weights[kind][row] ?? [];
  const opAt = (row: number, column: number): number =>
    typeof quantity === 'number' ? quantity : strongest(rowOf(row, column));
  const shareAt = (row: number, column: number): number | undefined =>
    quantity === SHARES ? epochs[column].shares?.[kind][row] : rowOf(row, column)[opAt(row, column)];
  const now = placeOf(course, epoch);
  return (
    <HeatMap
      title={watch.courseTitle(kind)}
      rows={course.edges}
      columns={epochs.map((one) => String(one.epoch + 1))}
      rowName={watch.rowName}
      columnName={watch.columnEpoch}
      value={shareAt}
      {...(isStrongest
        ? {
            colour: (row: number, column: number) => FAMILY_COLOURS[familyOf(operations[opAt(row, column)])],
            detail: (row: number, column: number) => opName(operations[opAt(row, column)]),
          }
        : {})}
      rowNote={(row) => {
        const share = percent(shareAt(row, now) ?? 0, 0);
        return isStrongest ? `${opName(operations[opAt(row, now)])} ${share}` : share;
      }}
      rules={course.rules}
      scale={(quantity === SHARES ? course.shareScale : undefined)?.[kind] ?? course.scale[kind]}
      column={now}
      onColumn={(column) => onEpoch(epochs[column].epoch)}
    />
  );
}

/** What the colours of the strongest operations mean. */
function Families({ operations }: { readonly operations: readonly string[] }) {
  const families = [...new Set(operations.map(familyOf))];
  return (
    <ul className="chart-legend">
      {families.map((family) => (
        <li key={family}>
          <svg className="family-sample" viewBox="0 0 14 14" aria-hidden>
            <rect width="14" height="14" rx="3" fill={`var(${FAMILY_COLOURS[family]})`} />
          </svg>
          {FAMILY_NAMES[family]}
        </li>
      ))}
      <li className="soft">{watch.strongestLegend}</li>
    </ul>
  );
}
