/** What the forecasts of phases have in common: their form, and bytes that stay on the disk. */
import { encodeSafetensors } from '../base/safetensors.ts';
import type { PhaseForecast } from '../protocol/forecast.ts';
import type { Phase, RunEvent } from '../runs/events.ts';
import type { EpochReport, Metrics, SavedState } from '../training/process.ts';
import type { Experiment } from './experiment.ts';

export interface Timing extends PhaseForecast {
  /** What the figures rest on, in words. */
  readonly basis: string;
}

/** Checkpoints that are kept, and the lines of the journal. */
export function steppedBytes(
  { config }: Experiment,
  phase: Phase,
  { totalSteps, epochs, seconds }: { totalSteps: number; epochs: number; seconds: number },
  saved: SavedState,
  metrics: Metrics,
  report: EpochReport,
): number {
  // With as many digits as all times of this century.
  const at = 1.7e12;
  const step: RunEvent = {
    kind: 'step',
    at,
    phase,
    step: totalSteps,
    epoch: epochs,
    metrics: { ...metrics, stepsPerSecond: 1 / 3, memoryBytes: 2 ** 30 },
  };
  const epoch: RunEvent = { kind: 'epoch', at, phase, epoch: epochs, step: totalSteps, ...report };
  const groups = Object.values(saved.tensors).map((tensors) => encodeSafetensors(tensors).length);
  const checkpoint = groups.reduce((sum, bytes) => sum + bytes, JSON.stringify(saved.state).length);
  const checkpoints = 1 + Math.floor(seconds / Math.max(1, config.checkpointSeconds));
  return Math.ceil(
    Math.min(2, checkpoints) * checkpoint +
      totalSteps * lineBytes(step) +
      epochs * lineBytes(epoch) +
      checkpoints * CHECKPOINT_LINE,
  );
}

const CHECKPOINT_LINE = 130;
const lineBytes = (event: RunEvent): number => JSON.stringify(event).length + 1;
