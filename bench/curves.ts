/** `npx tsx bench/curves.ts RUN OTHER`: how far the curves of two runs of one experiment lie apart, as by two executors. */
import type { Phase, RunEvent } from '../core/runs/events.ts';
import { readJournal } from '../core/runs/readJournal.ts';
import { nodeFiles } from '../headless/host/nodeFiles.ts';

const CURVES: Readonly<Partial<Record<Phase, readonly string[]>>> = {
  search: ['trainLoss', 'validationLoss', 'expectedParams'],
  retrain: ['trainLoss'],
  baseline: ['trainLoss'],
};
const STEPS = [1, 10, 50];

const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;

/** Values of a curve by step or epoch; what was done again after a crash counts once, as it was done last. */
function curve(
  events: readonly RunEvent[],
  kind: 'step' | 'epoch',
  phase: Phase,
  name: string,
): readonly number[] {
  const values = events.flatMap((event) => {
    if (event.kind !== kind || event.phase !== phase || event.metrics[name] === undefined) return [];
    return [[event.kind === 'step' ? event.step : event.epoch, event.metrics[name]] as const];
  });
  return [...new Map(values).values()];
}

function apart(one: readonly number[], other: readonly number[]): readonly number[] {
  return one.slice(0, other.length).map((value, i) => Math.abs(value / other[i] - 1));
}

const [one, other] = await Promise.all(
  process.argv.slice(2, 4).map((folder) => readJournal(nodeFiles(folder))),
);
if (other === undefined) {
  console.error('usage: npx tsx bench/curves.ts RUN OTHER');
  process.exitCode = 2;
} else if (![one, other].every((events) => events.some(({ kind }) => kind === 'step'))) {
  console.error('One of the folders holds no run with steps.');
  process.exitCode = 1;
} else {
  for (const [phase, names] of Object.entries(CURVES) as [Phase, readonly string[]][]) {
    for (const name of names) {
      const shares = apart(curve(one, 'step', phase, name), curve(other, 'step', phase, name));
      if (shares.length === 0) continue;
      const upTo = STEPS.filter((step) => step <= shares.length).map(
        (step) => `up to step ${step}: ${percent(Math.max(...shares.slice(0, step)))}`,
      );
      console.log(
        `${phase} ${name}: ${[...upTo, `in all ${shares.length}: ${percent(Math.max(...shares))}`].join(', ')}`,
      );
    }
    for (const name of ['heldOutLoss', 'validationAccuracy', 'adversarialValidationAccuracy']) {
      const [a, b] = [one, other].map((events) => curve(events, 'epoch', phase, name));
      const both = a.slice(0, b.length).map((value, i) => `${value.toFixed(3)}/${b[i].toFixed(3)}`);
      if (both.length > 0) console.log(`${phase} ${name} by epoch: ${both.join(' ')}`);
    }
  }
}
