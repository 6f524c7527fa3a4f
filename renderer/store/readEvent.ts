/** A line of a journal as an event. Steps, of which there may be a hundred thousand, are checked by hand. */
import { RunEvent } from '../../core/runs/events.ts';

type Step = Extract<RunEvent, { kind: 'step' }>;

const STEP_FIELDS = 6;

/** @returns undefined where the line is no event */
export function readEvent(line: string): RunEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (isStep(value)) return value;
  const event = RunEvent.safeParse(value);
  return event.success ? event.data : undefined;
}

/** Whether it is certainly a step; what is not may still be one, which the schema tells. */
function isStep(value: unknown): value is Step {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, at, phase, step, epoch, metrics } = value as Record<string, unknown>;
  return (
    kind === 'step' &&
    isNumber(at) &&
    (phase === 'search' || phase === 'retrain' || phase === 'baseline') &&
    Number.isInteger(step) &&
    Number.isInteger(epoch) &&
    typeof metrics === 'object' &&
    metrics !== null &&
    !Array.isArray(metrics) &&
    Object.values(metrics).every(isNumber) &&
    Object.keys(value).length === STEP_FIELDS
  );
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
