/** The part of the fold that concerns one phase: its curves, epochs and genotypes. Tensor-free. */
import type { RunEvent } from './events.ts';
import { appendPoint, cutFrom, emptySeries } from './series.ts';
import type { Series } from './series.ts';
import type { GenotypeChange, PhaseView, Progress } from './runView.ts';

export const noProgress: Progress = { step: 0, totalSteps: 0, epoch: 0, epochs: 0 };

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

/**
 * A phase that starts, or the same one announced again, which keeps what it has. One that had finished, or was planned
 * anew since it began, begins from nothing.
 */
export function beginPhase(before: PhaseView | undefined, plannedAt: number, event: Of<'phase'>): PhaseView {
  const { device, totalSteps, epochs, at } = event;
  const goesOn = before !== undefined && before.seconds === undefined && plannedAt <= before.startedAt;
  const phase = goesOn ? before : unannounced(at);
  return { ...phase, device, progress: { ...phase.progress, totalSteps, epochs } };
}

export function phaseAfterStep(before: PhaseView | undefined, event: Of<'step'>): PhaseView {
  let phase = before ?? unannounced(event.at);
  const { step, epoch, metrics } = event;
  // A step that was here before without a word of resuming: what followed it is as void as after one.
  if (step < phase.progress.step) phase = rewound(phase, step - 1);
  const series: Record<string, Series> = { ...phase.series };
  for (const [name, value] of Object.entries(metrics)) {
    series[name] = appendPoint(series[name] ?? emptySeries, step, value);
  }
  return { ...phase, series, progress: { ...phase.progress, step, epoch } };
}

export function phaseAfterEpoch(before: PhaseView | undefined, event: Of<'epoch'>): PhaseView {
  const phase = before ?? unannounced(event.at);
  const { epoch, step, genotype, params } = event;
  const progress = { ...phase.progress, epoch, step: Math.max(step, phase.progress.step) };
  const epochs = [...dropFrom(phase.epochs, (row) => row.epoch >= epoch), event];
  let genotypes = dropFrom(phase.genotypes, (g) => g.epoch >= epoch);
  if (genotype !== undefined && !sameGenotype(genotypes.at(-1), genotype)) {
    genotypes = [...genotypes, { epoch, step, genotype, params }];
  }
  return { ...phase, epochs, genotypes, progress };
}

/** The phase as it was after `step`. */
export function rewound(phase: PhaseView, step: number): PhaseView {
  const epochs = dropFrom(phase.epochs, (row) => row.step > step);
  const series = Object.entries(phase.series).map(([name, one]) => [name, cutFrom(one, step + 1)] as const);
  return {
    ...phase,
    seconds: undefined,
    series: Object.fromEntries(series),
    epochs,
    genotypes: dropFrom(phase.genotypes, (change) => change.step > step),
    progress: { ...phase.progress, step, epoch: epochs.at(-1)?.epoch ?? 0 },
  };
}

function unannounced(at: number): PhaseView {
  return { device: '', startedAt: at, progress: noProgress, series: {}, epochs: [], genotypes: [] };
}

/** The list up to the first item that `isGone`; the list itself where there is none. */
function dropFrom<T>(all: readonly T[], isGone: (item: T) => boolean): readonly T[] {
  const last = all.at(-1);
  if (last === undefined || !isGone(last)) return all;
  return all.slice(0, all.findIndex(isGone));
}

function sameGenotype(change: GenotypeChange | undefined, genotype: GenotypeChange['genotype']): boolean {
  return change !== undefined && JSON.stringify(change.genotype) === JSON.stringify(genotype);
}
