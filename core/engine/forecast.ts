/** What an experiment will take on this machine: a few real steps of each phase are done and timed, and thrown away. */
import { makeSplits } from '../datasets/splits.ts';
import type { Forecast, PhaseForecast } from '../protocol/forecast.ts';
import type { Phase } from '../runs/events.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { randomGenotype } from './derivedGenotype.ts';
import type { Experiment } from './experiment.ts';
import { openExperiment } from './experiment.ts';
import type { Timing } from './forecastParts.ts';
import { roughExport, timeEvaluation } from './forecastPasses.ts';
import { timeSearch, timeTraining } from './forecastSteps.ts';
import type { ForecastOptions, Watch } from './forecastWatch.ts';
import { createWatch, timed } from './forecastWatch.ts';
import { forecastWarnings } from './forecastWords.ts';
import { explainMemory } from './explainMemory.ts';
import type { EngineHost } from './host.ts';

/** No folder: a forecast writes nothing. */
export interface ForecastHost extends Pick<EngineHost, 'clock' | 'datasets' | 'openExecutor' | 'memoryNow'> {
  /** Resident memory of the process that computes, and the most that it ever was. */
  readonly memoryBytes: () => number;
  readonly peakMemoryBytes: () => number;
  /** As they are before the forecast begins. */
  readonly machine: {
    readonly memoryBytes: number;
    readonly freeMemoryBytes: number;
    /** Of the disk that the run's folder will be on. */
    readonly freeDiskBytes: number;
  };
}

/**
 * @param phases in the order of the plan
 * @throws CellsmithError `cancelled`; what the run itself would throw before its first steps are done
 */
export async function forecast(
  config: RunConfig,
  phases: readonly Phase[],
  host: ForecastHost,
  options: ForecastOptions = {},
): Promise<Forecast> {
  const heldBytes = host.memoryBytes();
  const stages = 1 + new Set(phases.map((phase) => (phase === 'baseline' ? 'retrain' : phase))).size;
  const watch = createWatch(host.clock, host.peakMemoryBytes, stages, options);
  watch.stage('Reading the data');
  const opened = await timed(watch, () =>
    openExperiment(
      config,
      host,
      (program, status) => watch.step(`${program}, ${status}`),
      (dataset) => makeSplits(dataset, config.data, config.seed),
    ),
  ).catch(async (error: unknown) => {
    throw await explainMemory(error, host, { config });
  });
  const experiment = opened.value;
  try {
    const timings = await timePhases(experiment, phases, watch, host);
    const seconds = timings.reduce((sum, timing) => sum + timing.seconds, opened.seconds);
    const positions = experiment.dataset.train.count + experiment.testImages.count;
    const beside = POSITION_BYTES * positions + REPORT_BYTES;
    const diskBytes = timings.reduce((sum, timing) => sum + timing.diskBytes, beside);
    const { memoryBytes, freeMemoryBytes, freeDiskBytes } = host.machine;
    const { peakMemoryBytes } = watch;
    return {
      device: experiment.device,
      phases: timings.map(toPhase),
      seconds,
      peakMemoryBytes,
      memoryBytes,
      freeMemoryBytes,
      diskBytes,
      freeDiskBytes,
      basis: basisText(timings),
      warnings: [
        ...forecastWarnings({
          peakMemoryBytes,
          usableMemoryBytes: Math.min(memoryBytes, freeMemoryBytes + heldBytes),
          diskBytes,
          freeDiskBytes,
        }),
      ],
    };
  } finally {
    await experiment.executor.dispose();
  }
}

/** A number and a comma in splits.json. */
const POSITION_BYTES = 6;
/** Charts thin their points out, so that reports are about alike. */
const REPORT_BYTES = 300_000;

async function timePhases(
  experiment: Experiment,
  phases: readonly Phase[],
  watch: Watch,
  host: ForecastHost,
): Promise<readonly Timing[]> {
  const { config } = experiment;
  const timings: Timing[] = [];
  const genotype = someGenotype(experiment, phases);
  const networks = phases.includes('baseline') ? 2 : 1;
  let training: Timing | undefined;
  const trained = async (phase: 'retrain' | 'baseline'): Promise<Timing> => {
    // One stands for both: they differ in the genotype alone, and neither is known yet.
    if (training === undefined) {
      watch.stage('Training');
      const others = phases.includes('retrain') && phases.includes('baseline') ? 1 : 0;
      training = await watch.multiply(others, () => timeTraining(experiment, genotype, watch));
    }
    return { ...training, phase };
  };
  const timePhase = async (phase: Phase): Promise<Timing> => {
    switch (phase) {
      case 'search':
        watch.stage('Search');
        return timeSearch(experiment, watch);
      case 'retrain':
      case 'baseline':
        return trained(phase);
      case 'evaluate':
        watch.stage('Evaluation');
        return watch.multiply(networks - 1, () => timeEvaluation(experiment, genotype, networks, watch));
      case 'export':
        watch.stage('Export');
        return roughExport(experiment, genotype);
    }
  };
  for (const phase of phases) {
    try {
      timings.push(await timePhase(phase));
    } catch (error) {
      throw await explainMemory(error, host, { config, phase });
    }
  }
  return timings;
}

/** The one that was given; before a search, any within the budget. */
function someGenotype(experiment: Experiment, phases: readonly Phase[]): Genotype {
  const { genotype } = experiment.config;
  return genotype !== undefined && !phases.includes('search')
    ? genotype
    : randomGenotype(experiment, 'forecast');
}

function toPhase({ basis: _basis, ...phase }: Timing): PhaseForecast {
  return phase;
}

/** Both trainings rest on the same steps, which are told once. */
function basisText(timings: readonly Timing[]): string {
  const parts = [...new Set(timings.map(({ basis }) => basis))].join('; ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`;
}
