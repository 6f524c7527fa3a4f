/** What comes of a journal as events. Steps, of which there may be a hundred thousand, are checked by hand. */
import { RunEvent } from '../../core/runs/events.ts';
import type { JournalPart } from '../../core/runs/stepRows.ts';
import { isStep, stepsOf } from '../../core/runs/stepRows.ts';

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

/** Up to the first line that is no event. */
export function readParts(parts: readonly JournalPart[]): {
  readonly events: readonly RunEvent[];
  readonly isDamaged: boolean;
} {
  const events: RunEvent[] = [];
  for (const part of parts) {
    if ('steps' in part) {
      const steps = stepsOf(part.steps);
      if (steps === undefined) return { events, isDamaged: true };
      for (const step of steps) events.push(step);
      continue;
    }
    for (const line of part.lines) {
      const event = readEvent(line);
      if (event === undefined) return { events, isDamaged: true };
      events.push(event);
    }
  }
  return { events, isDamaged: false };
}
