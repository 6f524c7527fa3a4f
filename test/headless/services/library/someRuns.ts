/** Folders of runs as an engine leaves them, written by hand. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewRunEvent } from '../../../../core/runs/events.ts';
import { RunConfig } from '../../../../core/runs/runConfig.ts';
import type { RunConfigInput } from '../../../../core/runs/runConfig.ts';

export const START = 1_700_000_000_000;

/** An event a second. */
export function journalText(events: readonly NewRunEvent[], from = 0): string {
  return events.map((event, i) => `${JSON.stringify({ ...stamped(event, from + i) })}\n`).join('');
}

/** With the kind first, as the journal writes it. */
function stamped(event: NewRunEvent, second: number): object {
  const { kind, ...rest } = event;
  return { kind, at: START + 1000 * second, ...rest };
}

export function config(changes: RunConfigInput = {}): RunConfig {
  return RunConfig.parse({ name: 'pets', ...changes });
}

export const beginning = (changes: RunConfigInput = {}): readonly NewRunEvent[] => [
  { kind: 'opened', format: 1, app: 'test' },
  { kind: 'planned', phases: ['search', 'retrain'], config: config(changes) },
  { kind: 'phase', phase: 'search', totalSteps: 100, epochs: 10, device: 'CPU' },
];

export const step = (number: number): NewRunEvent => ({
  kind: 'step',
  phase: 'search',
  step: number,
  epoch: Math.floor((number - 1) / 10),
  metrics: { trainLoss: 1 / number },
});

export const steps = (from: number, to: number): readonly NewRunEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => step(from + i));

/** @returns the folder */
export async function writeRun(
  runs: string,
  id: string,
  events: readonly NewRunEvent[] | undefined,
  changes: RunConfigInput = {},
): Promise<string> {
  const folder = join(runs, id);
  await mkdir(folder, { recursive: true });
  const setup = { app: 'test', seed: 1, executor: 'onnx-cpu', device: 'CPU', versions: {} };
  await writeFile(join(folder, 'run.json'), JSON.stringify({ format: 1, config: config(changes), ...setup }));
  if (events !== undefined) await writeFile(join(folder, 'events.jsonl'), journalText(events));
  return folder;
}
