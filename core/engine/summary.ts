/** The result of a run in one object: what the command line prints with --json. */
import type { Counted, ExportVerdict, RobustCounted, RunEvent } from '../runs/events.ts';
import { headlineOf, measuredOf } from '../runs/measured.ts';
import type { Genotype } from '../searchSpace/genotype.ts';

export interface Summary {
  readonly params?: number;
  readonly macs?: number;
  readonly genotype?: Genotype;
  /** How the network there is now was trained, and what it reached on the validation split. */
  readonly recipe?: string;
  readonly validationAccuracy?: number;
  readonly clean?: Counted;
  /** The attack that stands for the network, as `headlineOf` takes it. */
  readonly robust?: RobustCounted;
  /** All that were measured since the training. */
  readonly attacks?: readonly RobustCounted[];
  readonly baseline?: {
    readonly params: number;
    readonly macs: number;
    readonly clean?: Counted;
    readonly robust?: RobustCounted;
    readonly attacks?: readonly RobustCounted[];
  };
  readonly exports?: readonly Pick<ExportVerdict, 'format' | 'path' | 'verified' | 'maxAbsLogitDifference'>[];
}

/** Folds a journal into what it amounts to. */
export function summarise(events: readonly RunEvent[]): Summary {
  const last = <K extends RunEvent['kind']>(
    kind: K,
    accept: (event: Extract<RunEvent, { kind: K }>) => boolean = () => true,
  ) =>
    events.findLast(
      (e): e is Extract<RunEvent, { kind: K }> =>
        e.kind === kind && accept(e as Extract<RunEvent, { kind: K }>),
    );
  const derived = last('derived', (e) => e.strategy !== 'baseline');
  const random = last('derived', (e) => e.strategy === 'baseline');
  // Files of a network that was trained anew since are not those of the network there is now.
  const training = events.findLastIndex((e) => e.kind === 'retrained' && e.label === 'found');
  const exported = events
    .slice(training + 1)
    .findLast((e): e is Extract<RunEvent, { kind: 'exported' }> => e.kind === 'exported');
  const trained = last('retrained', (e) => e.label === 'found');
  return {
    ...(derived ? { params: derived.params, macs: derived.macs, genotype: derived.genotype } : {}),
    ...(trained ? { recipe: trained.recipe, validationAccuracy: trained.validationAccuracy } : {}),
    ...measurementsOf(events, 'found'),
    ...(random
      ? { baseline: { params: random.params, macs: random.macs, ...measurementsOf(events, 'random') } }
      : {}),
    ...(exported
      ? {
          exports: exported.exports.map(({ format, path, verified, maxAbsLogitDifference }) => ({
            format,
            path,
            verified,
            ...(maxAbsLogitDifference === undefined ? {} : { maxAbsLogitDifference }),
          })),
        }
      : {}),
  };
}

/** Of the network with this label; nothing where it was not measured since its training. */
function measurementsOf(
  events: readonly RunEvent[],
  label: string,
): Pick<Summary, 'clean' | 'robust' | 'attacks'> {
  const measured = measuredOf(events, label);
  if (measured === undefined) return {};
  const { clean, robust: attacks } = measured;
  return { clean, ...(attacks.length > 0 ? { robust: headlineOf(events, label), attacks } : {}) };
}
