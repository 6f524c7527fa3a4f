/** The columns of the run table: what each shows, and what it is sorted by. */
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { accuracy, compact, conditions, count, duration } from '../../../core/report/format.ts';
import { common } from '../../texts/common.ts';
import { runsTexts } from '../../texts/runs.ts';

export type ColumnId = keyof typeof runsTexts.columns;

export interface Column {
  readonly id: ColumnId;
  readonly isNumber: boolean;
  /** What is shown below the text in small, such as the conditions of a figure. */
  readonly below?: (run: RunSummary) => string | undefined;
  readonly text: (run: RunSummary) => string;
  /** Undefined sorts last, whichever way. */
  readonly key: (run: RunSummary) => number | string | undefined;
}

const nothing = '–';

function numeric(
  id: ColumnId,
  key: (run: RunSummary) => number | undefined,
  show: (value: number) => string,
  below?: Column['below'],
): Column {
  return {
    id,
    isNumber: true,
    key,
    text: (run) => {
      const value = key(run);
      return value === undefined ? nothing : show(value);
    },
    ...(below === undefined ? {} : { below }),
  };
}

function wording(
  id: ColumnId,
  key: (run: RunSummary) => string | undefined,
  below?: Column['below'],
): Column {
  return {
    id,
    isNumber: false,
    key: (run) => key(run)?.toLowerCase(),
    text: (run) => key(run) ?? nothing,
    ...(below === undefined ? {} : { below }),
  };
}

/** A figure with its number of images and interval behind it. */
function measured(
  id: ColumnId,
  of: (run: RunSummary) => RunSummary['clean'],
  below?: (run: RunSummary) => string | undefined,
): Column {
  return {
    id,
    isNumber: true,
    key: (run) => of(run)?.accuracy,
    text: (run) => {
      const value = of(run);
      return value === undefined ? nothing : accuracy(value);
    },
    below: (run) => {
      const value = of(run);
      if (value === undefined) return undefined;
      const sample = runsTexts.sample(count(value.n));
      const more = below?.(run);
      // What is cut where there is little room is the end.
      return more === undefined ? sample : `${sample}, ${more}`;
    },
  };
}

const attackOf = (robust: RunSummary['robust']): string | undefined =>
  robust === undefined ? undefined : conditions(robust);

export const COLUMNS: readonly Column[] = [
  wording('state', ({ state }) => common.states[state]),
  numeric(
    'created',
    ({ createdAt }) => createdAt,
    runsTexts.day,
    ({ createdAt }) => runsTexts.yearAndTime(createdAt),
  ),
  wording('strategy', ({ strategy }) => strategy),
  wording('dataset', ({ dataset }) => dataset),
  numeric('params', ({ params }) => params, compact),
  numeric('macs', ({ macs }) => macs, compact),
  measured('clean', ({ clean }) => clean),
  measured(
    'robust',
    ({ robust }) => robust,
    ({ robust }) => attackOf(robust),
  ),
  numeric('baselineParams', ({ baseline }) => baseline?.params, compact),
  measured('baselineClean', ({ baseline }) => baseline?.clean),
  measured(
    'baselineRobust',
    ({ baseline }) => baseline?.robust,
    ({ baseline }) => attackOf(baseline?.robust),
  ),
  wording('recipe', ({ recipe }) => recipe),
  numeric('seed', ({ seed }) => seed, String),
  numeric('seconds', ({ seconds }) => (seconds > 0 ? seconds : undefined), duration),
  numeric('exports', ({ exports }) => (exports.length > 0 ? exports.length : undefined), String),
];

/** Pixels at least; where there is more room, all grow alike. */
export const COLUMN_WIDTHS: Readonly<Record<ColumnId, number>> = {
  name: 154,
  // A phase with its share is the longest.
  state: 148,
  created: 84,
  strategy: 70,
  dataset: 80,
  params: 84,
  macs: 76,
  clean: 80,
  robust: 126,
  baselineParams: 92,
  baselineClean: 84,
  baselineRobust: 128,
  recipe: 96,
  seed: 96,
  seconds: 72,
  exports: 72,
};

export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  'state',
  'created',
  'strategy',
  'dataset',
  'params',
  'clean',
  'robust',
  'seconds',
];

export interface Sorting {
  readonly column: ColumnId | 'name';
  readonly isDescending: boolean;
}

const NAME: Column = wording('name', ({ name }) => name);

/** A new list; runs without a value come last, equal ones by time, newest first. */
export function sortRuns(
  runs: readonly RunSummary[],
  { column, isDescending }: Sorting,
): readonly RunSummary[] {
  const { key } = COLUMNS.find(({ id }) => id === column) ?? NAME;
  const sign = isDescending ? -1 : 1;
  const keyed = runs.map((run) => ({ run, value: key(run) }));
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      if (a.value !== b.value) return a.value === undefined ? 1 : -1;
    } else if (a.value !== b.value) return a.value < b.value ? -sign : sign;
    return b.run.createdAt - a.run.createdAt;
  });
  return keyed.map(({ run }) => run);
}

export interface Filter {
  /** Words that must all occur in name, strategy, data set, recipe or state. */
  readonly text: string;
  readonly state: RunSummary['state'] | 'all';
}

export function filterRuns(runs: readonly RunSummary[], { text, state }: Filter): readonly RunSummary[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return runs.filter((run) => {
    if (state !== 'all' && run.state !== state) return false;
    const said = [run.name, run.strategy, run.dataset, run.recipe ?? '', common.states[run.state], run.id]
      .join(' ')
      .toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
