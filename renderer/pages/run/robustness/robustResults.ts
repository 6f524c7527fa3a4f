/** What was measured of a run's networks, put in order: by attack, over ε, and whether the attacks can be believed. */
import type { RobustCounted, ThreatModel } from '../../../../core/runs/events.ts';
import type { RunView, RunWarning } from '../../../../core/runs/runView.ts';

export type NetworkLabel = 'found' | 'random';
export const LABELS: readonly NetworkLabel[] = ['found', 'random'];

type Evaluated = RunView['evaluated'][number];

export function evaluationOf({ evaluated }: RunView, label: NetworkLabel): Evaluated | undefined {
  return evaluated.find((event) => event.label === label);
}

export function isSameAttack(a: ThreatModel, b: ThreatModel): boolean {
  return isSameBut(a, b) && a.epsilon === b.epsilon && a.stepSize === b.stepSize;
}

/** Alike in all but ε and the step size that follows from it. */
function isSameBut(a: ThreatModel, b: ThreatModel): boolean {
  return a.attack === b.attack && a.norm === b.norm && a.steps === b.steps && a.restarts === b.restarts;
}

/** Every attack that either network was measured under, in order of the measurement. */
export function attacksOf(view: RunView): readonly RobustCounted[] {
  const all: RobustCounted[] = [];
  for (const { robust } of view.evaluated)
    for (const attack of robust) if (!all.some((known) => isSameAttack(known, attack))) all.push(attack);
  return all;
}

export interface EpsilonCurve {
  /** Its conditions but ε. */
  readonly attack: RobustCounted;
  readonly networks: readonly {
    readonly label: NetworkLabel;
    /** Ascending; ε = 0 is the clean accuracy. */
    readonly points: readonly { readonly epsilon: number; readonly accuracy: number; readonly n: number }[];
  }[];
}

/** Attacks measured at two or more radii, on the same number of images. */
export function epsilonCurves(view: RunView): readonly EpsilonCurve[] {
  const kinds: RobustCounted[] = [];
  for (const attack of attacksOf(view)) {
    const isKnown = kinds.some((kind) => isSameBut(kind, attack) && kind.n === attack.n);
    if (!isKnown) kinds.push(attack);
  }
  return kinds.flatMap((attack) => {
    const networks = LABELS.flatMap((label) => {
      const evaluation = evaluationOf(view, label);
      const measured = (evaluation?.robust ?? []).filter(
        (other) => isSameBut(attack, other) && other.n === attack.n && other.epsilon > 0,
      );
      if (evaluation === undefined || measured.length < 2) return [];
      const points = measured
        .map(({ epsilon, accuracy, n }) => ({ epsilon, accuracy, n }))
        .sort((a, b) => a.epsilon - b.epsilon);
      const { accuracy, n } = unattacked(evaluation, attack.n);
      return [{ label, points: [{ epsilon: 0, accuracy, n }, ...points] }];
    });
    return networks.length === 0 ? [] : [{ attack, networks }];
  });
}

/** The clean accuracy, of the same number of images where it is known: an attack of radius 0 does nothing. */
function unattacked(
  { clean, robust }: Evaluated,
  n: number,
): { readonly accuracy: number; readonly n: number } {
  if (clean.n === n) return clean;
  return robust.find((measured) => measured.epsilon === 0 && measured.n === n) ?? clean;
}

/** How many images the point at ε = 0 is of, where the rest of the curve is of a sample of these. */
export function otherSampleAtZero({ attack, networks }: EpsilonCurve): number | undefined {
  return networks.map(({ points }) => points[0].n).find((n) => n !== attack.n);
}

export interface MaskingCheck {
  readonly id: 'fgsm' | 'epsilon' | 'zero';
  readonly verdict:
    | { readonly kind: 'passed' }
    | { readonly kind: 'failed'; readonly warnings: readonly RunWarning[] }
    | { readonly kind: 'notMeasured' };
}

/** Signs of masked gradients: each check passed, failed, or could not be made of what was measured. */
export function maskingChecks(view: RunView): readonly MaskingCheck[] {
  const all = view.evaluated.flatMap(({ robust }) => robust);
  const attacked = all.filter(({ epsilon }) => epsilon > 0);
  const hasPair = attacked.some(
    (a) =>
      a.attack === 'fgsm' &&
      attacked.some((b) => b.attack === 'pgd' && b.norm === a.norm && b.epsilon === a.epsilon && b.n === a.n),
  );
  const hasRadii = attacked.some((a) =>
    attacked.some((b) => isSameBut(a, b) && a.epsilon !== b.epsilon && a.n === b.n),
  );
  const check = (id: MaskingCheck['id'], canBeMade: boolean): MaskingCheck => {
    const warnings = view.warnings.filter(({ code }) => code === `masked-gradients-${id}`);
    if (warnings.length > 0) return { id, verdict: { kind: 'failed', warnings } };
    return { id, verdict: { kind: canBeMade ? 'passed' : 'notMeasured' } };
  };
  return [check('fgsm', hasPair), check('epsilon', hasRadii), check('zero', attacked.length > 0)];
}
