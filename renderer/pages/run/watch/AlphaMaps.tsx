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
  const operation = course.operations.indexOf(chosen);
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
            value={operation < 0 ? STRONGEST : chosen}
            options={[
              { value: STRONGEST, label: watch.strongest },
              ...course.operations.map((op) => ({ value: op, label: opName(op) })),
            ]}
            onChange={choose}
          />
        )}
        <span className="soft small">{isCourse ? '' : watch.alphasAbout}</span>
      </div>
      {isCourse && operation < 0 && <Families operations={course.operations} />}
      <div className="alpha-maps">
        {CELLS.map((kind) =>
          isCourse ? (
            <CourseMap
              key={kind}
              kind={kind}
              course={course}
              operation={operation}
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
  const { weights, genotype, epoch: shown } = course.epochs[placeOf(course, epoch)];
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
      hasNumbers
      namesAbove
    />
  );
}

function CourseMap({
  kind,
  course,
  operation,
  epoch,
  onEpoch,
}: {
  readonly kind: CellKind;
  readonly course: AlphaCourse;
  /** Column; below zero: the strongest of each edge. */
  readonly operation: number;
  readonly epoch: number;
  readonly onEpoch: (epoch: number) => void;
}) {
  const { epochs, operations } = course;
  const rowOf = (row: number, column: number): readonly number[] => epochs[column].weights[kind][row] ?? [];
  const opAt = (row: number, column: number): number =>
    operation < 0 ? strongest(rowOf(row, column)) : operation;
  const now = placeOf(course, epoch);
  return (
    <HeatMap
      title={watch.courseTitle(kind)}
      rows={course.edges}
      columns={epochs.map((one) => String(one.epoch + 1))}
      rowName={watch.rowName}
      columnName={watch.columnEpoch}
      value={(row, column) => rowOf(row, column)[opAt(row, column)]}
      {...(operation < 0
        ? {
            colour: (row: number, column: number) => FAMILY_COLOURS[familyOf(operations[opAt(row, column)])],
            detail: (row: number, column: number) => opName(operations[opAt(row, column)]),
          }
        : {})}
      rowNote={(row) => {
        const op = opAt(row, now);
        const share = percent(rowOf(row, now)[op] ?? 0, 0);
        return operation < 0 ? `${opName(operations[op])} ${share}` : share;
      }}
      rules={course.rules}
      scale={course.scale[kind]}
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
