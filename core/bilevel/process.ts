/** The part of a search process that all bi-level strategies share: epochs, reports, derivation, saving. */
import { countNetwork } from '../searchSpace/cost.ts';
import {
  alphaEntropy,
  betaEntropy,
  parameterFreeShare,
  skipCount,
  stability,
} from '../searchSpace/collapse.ts';
import type { Derived, Notice, SearchContext, SearchProcess } from '../strategies/strategy.ts';
import type { EpochReport, Metrics } from '../training/process.ts';
import { deriveTop2, deriveWithinBudget } from '../searchSpace/discretize.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { edgeStrengths } from '../searchSpace/edgeShares.ts';
import { edgeShareRows, edgeWeightRows } from './alphas.ts';
import { typicalMs } from '../training/typicalMs.ts';
import type { BilevelMachine } from './machine.ts';
import type { PassKind } from './supernetSession.ts';

export interface BilevelSteps {
  readonly machine: BilevelMachine;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** Programs the steps will use. */
  readonly passes: readonly PassKind[];
  readonly validationBatches: number;
  /** About the settings, for the person who chose them. */
  readonly notices?: readonly Notice[];
  step(): Promise<Metrics>;
}

/**
 * Wraps the steps of a strategy into a process.
 * Differs: the authors of E2RNAS log the genotype at the start of an epoch and use the last one logged; here it is derived
 * from the alphas after the last step.
 */
export function bilevelProcess(context: SearchContext, steps: BilevelSteps): SearchProcess {
  const { machine } = steps;
  let previous: Genotype | undefined;

  /** What edges and candidates are ranked by, and what that is made of. */
  const strengths = () => {
    const edgeWeights = edgeWeightRows(machine.alphas);
    const edgeShares = edgeShareRows(machine.alphas);
    return { edgeWeights, edgeShares, ranked: edgeStrengths(edgeWeights, edgeShares) };
  };

  const derive = (): Derived =>
    deriveWithinBudget(strengths().ranked, context.space, context.network, context.budget);

  const validate = async (): Promise<Metrics> => {
    const batches = machine.batches.validation(steps.validationBatches);
    if (batches.length === 0) return {};
    let loss = 0;
    let correct = 0;
    let count = 0;
    for (const batch of batches) {
      const pass = await machine.session.pass('loss', machine, batch);
      loss += pass.loss * pass.count;
      correct += pass.correct;
      count += pass.count;
    }
    return { heldOutLoss: loss / count, heldOutAccuracy: correct / count };
  };

  return {
    ...(steps.notices === undefined ? {} : { notices: steps.notices }),
    stepsPerEpoch: steps.stepsPerEpoch,
    totalSteps: steps.totalSteps,
    get position() {
      return machine.step;
    },
    async prepare() {
      await machine.session.prepare([
        ...steps.passes,
        ...(steps.validationBatches > 0 ? (['loss'] as const) : []),
      ]);
    },
    step: () => machine.transaction(steps.step),
    async expectedReport(clock) {
      const batches = machine.batches.validation(steps.validationBatches);
      if (batches.length === 0) return 0;
      return (
        batches.length * (await typicalMs(clock, () => machine.session.pass('loss', machine, batches[0])))
      );
    },
    async report(): Promise<EpochReport> {
      const { edgeWeights, edgeShares, ranked } = strengths();
      const genotype = deriveTop2(ranked, context.space);
      const metrics: Metrics = {
        ...(await validate()),
        alphaEntropy: alphaEntropy(edgeWeights).normalised,
        ...(edgeShares === undefined ? {} : { betaEntropy: betaEntropy(edgeShares) }),
        parameterFreeShare: parameterFreeShare(genotype),
        skips: skipCount(genotype),
        ...(previous === undefined ? {} : { genotypeStability: stability(previous, genotype) }),
      };
      previous = genotype;
      return {
        metrics,
        edgeWeights,
        ...(edgeShares === undefined ? {} : { edgeShares }),
        genotype,
        params: countNetwork(genotype, context.network).params,
      };
    },
    derive,
    save: () => {
      const { tensors, state } = machine.save();
      return { tensors, state: { machine: state, previous } };
    },
    restore({ tensors, state }) {
      const saved = state as { machine: unknown; previous?: Genotype };
      machine.restore({ tensors, state: saved.machine });
      previous = saved.previous;
    },
  };
}
