/** The result of a run in one object: what the command line prints with --json. */
import type { Counted, ExportVerdict, RobustCounted, RunEvent } from '../runs/events.ts';
import type { Genotype } from '../searchSpace/genotype.ts';

export interface Summary {
  readonly params?: number;
  readonly macs?: number;
  readonly genotype?: Genotype;
  readonly clean?: Counted;
  /** The last attack measured: the strongest of a configuration is listed last. */
  readonly robust?: RobustCounted;
  readonly attacks?: readonly RobustCounted[];
  readonly baseline?: {
    readonly params: number;
    readonly macs: number;
    readonly clean?: Counted;
    readonly robust?: RobustCounted;
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
  const found = last('evaluated', (e) => e.label === 'found');
  const other = last('evaluated', (e) => e.label === 'random');
  const exported = last('exported');
  return {
    ...(derived ? { params: derived.params, macs: derived.macs, genotype: derived.genotype } : {}),
    ...(found
      ? {
          clean: found.clean,
          ...(found.robust.length > 0 ? { robust: found.robust.at(-1), attacks: found.robust } : {}),
        }
      : {}),
    ...(random
      ? {
          baseline: {
            params: random.params,
            macs: random.macs,
            ...(other
              ? { clean: other.clean, ...(other.robust.length > 0 ? { robust: other.robust.at(-1) } : {}) }
              : {}),
          },
        }
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
