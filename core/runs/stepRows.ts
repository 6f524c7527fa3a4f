/**
 * Rows of steps as columns, for journals that travel: names once instead of in each line, and figures as they were written,
 * so that whoever sends them need not read them. Tensor-free.
 */
import { z } from 'zod';
import type { RunEvent } from './events.ts';
import { Phase } from './events.ts';

type Step = Extract<RunEvent, { kind: 'step' }>;

/** Figures of each step with commas between them. */
const Column = z.string();

/** Steps of one phase with the same metrics. */
export const StepRow = z.object({
  phase: Phase,
  at: Column,
  step: Column,
  epoch: Column,
  metrics: z.record(z.string(), Column),
});
export type StepRow = z.infer<typeof StepRow>;

/** Lines as they stand, or what as many lines say. */
export const JournalPart = z.union([z.object({ lines: z.array(z.string()) }), z.object({ steps: StepRow })]);
export type JournalPart = z.infer<typeof JournalPart>;

/** Shorter rows are not worth it. */
const LEAST = 4;
/** As JSON writes numbers; what is written otherwise stays a line, so that a damaged one is found in its place. */
const FIGURE = String.raw`(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)`;
const WHOLE = String.raw`(\d{1,15})`;

/** The lines in order; rows of steps that are written alike become columns. */
export function partsOf(lines: readonly string[]): readonly JournalPart[] {
  const parts: JournalPart[] = [];
  let plain: string[] = [];
  const endPlain = (): void => {
    if (plain.length > 0) parts.push({ lines: plain });
    plain = [];
  };
  for (let i = 0; i < lines.length;) {
    const row = rowFrom(lines, i);
    if (row === undefined) plain.push(lines[i++]);
    else {
      endPlain();
      parts.push({ steps: row.steps });
      i += row.length;
    }
  }
  endPlain();
  return parts;
}

const BEGINNING = '{"kind":"step",';

/** The longest row that begins with that line; undefined where it is no step, or too few are like it. */
function rowFrom(
  lines: readonly string[],
  from: number,
): { readonly steps: StepRow; readonly length: number } | undefined {
  if (!lines[from].startsWith(BEGINNING) || !lines[from + LEAST - 1]?.startsWith(BEGINNING)) return undefined;
  const first = stepIn(lines[from]);
  if (first === undefined) return undefined;
  const { phase, metrics } = first;
  const names = Object.keys(metrics);
  // Records that are assigned to or checked lose that name.
  if (names.length === 0 || names.includes('__proto__')) return undefined;
  const shape = lineLike(phase, names);
  const columns = ['at', 'step', 'epoch', ...names].map((): string[] => []);
  let length = 0;
  for (; from + length < lines.length; length++) {
    const figures = shape.exec(lines[from + length]);
    if (figures === null) break;
    for (let k = 0; k < columns.length; k++) columns[k].push(figures[k + 1]);
  }
  if (length < LEAST) return undefined;
  const [at, step, epoch, ...values] = columns.map((column) => column.join());
  return {
    steps: { phase, at, step, epoch, metrics: Object.fromEntries(names.map((name, k) => [name, values[k]])) },
    length,
  };
}

/** What lines of steps with these metrics look like; it finds their figures. */
function lineLike(phase: Phase, metrics: readonly string[]): RegExp {
  const quoted = (text: string): string =>
    JSON.stringify(text).replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  const fields = metrics.map((name) => `${quoted(name)}:${FIGURE}`).join();
  return new RegExp(
    `^\\{"kind":"step","at":${FIGURE},"phase":${quoted(phase)},"step":${WHOLE},"epoch":${WHOLE},"metrics":\\{${fields}\\}\\}$`,
  );
}

/** @returns undefined where the columns do not make steps */
export function stepsOf({ phase, metrics, ...row }: StepRow): readonly Step[] | undefined {
  const names = Object.keys(metrics);
  const columns = [row.at, row.step, row.epoch, ...names.map((name) => metrics[name])].map(figuresOf);
  const [at, step, epoch, ...values] = columns;
  if (at === undefined || step === undefined || epoch === undefined) return undefined;
  if (columns.some((column) => column?.length !== at.length)) return undefined;
  if (![step, epoch].every((column) => column.every(Number.isInteger))) return undefined;
  return at.map((time, i) => {
    const own: Record<string, number> = {};
    for (let k = 0; k < names.length; k++) own[names[k]] = values[k]?.[i] ?? 0;
    return { kind: 'step', at: time, phase, step: step[i], epoch: epoch[i], metrics: own };
  });
}

function figuresOf(column: string): readonly number[] | undefined {
  try {
    const figures: unknown = JSON.parse(`[${column}]`);
    return Array.isArray(figures) && figures.every(isFigure) ? figures : undefined;
  } catch {
    return undefined;
  }
}

function stepIn(line: string): Step | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isStep(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const STEP_FIELDS = 6;

/** Whether it is certainly a step; what is not may still be one, which the schema of events tells. */
export function isStep(value: unknown): value is Step {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, at, phase, step, epoch, metrics } = value as Record<string, unknown>;
  return (
    kind === 'step' &&
    isFigure(at) &&
    (phase === 'search' || phase === 'retrain' || phase === 'baseline') &&
    Number.isInteger(step) &&
    Number.isInteger(epoch) &&
    typeof metrics === 'object' &&
    metrics !== null &&
    !Array.isArray(metrics) &&
    Object.values(metrics).every(isFigure) &&
    Object.keys(value).length === STEP_FIELDS
  );
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
