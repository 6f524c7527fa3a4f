/** The attacks of a draft: read as they were typed, put in order, filled in by the usual protocols. */
import { attackName } from '../../../../core/report/format.ts';
import { AttackConfig } from '../../../../core/runs/runConfig.ts';
import type { Tree } from '../../../store/tree.ts';
import { isTree } from '../../../store/tree.ts';

export type Norm = AttackConfig['norm'];

/** What is no attack at all stands as an empty one, so that positions stay those of the draft. */
export function readAttacks(value: unknown): readonly Tree[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown) => (isTree(one) ? one : {}));
}

/** The whole attack with its defaults, where it is right. */
export function wholeAttack(attack: Tree): AttackConfig | undefined {
  return AttackConfig.safeParse(attack).data;
}

/** 2.5·ε/steps; FGSM takes one step of ε. */
export function stepSizeOf({ attack, epsilon, steps, stepSize }: AttackConfig): number {
  return attack === 'fgsm' ? epsilon : (stepSize ?? (2.5 * epsilon) / steps);
}

/** An attack that says nothing of its kind is PGD. */
export function kindOf({ attack }: Tree): 'fgsm' | 'pgd' {
  return attack === 'fgsm' ? 'fgsm' : 'pgd';
}

/** What FGSM is whatever it is told; written down so that the file says what is done. */
const OF_FGSM = { steps: 1, randomStart: false } as const;

export function newAttack(kind: string, { norm, epsilon }: Threat, limit: number | undefined): Tree {
  const common = { attack: kind, norm, epsilon, ...(limit === undefined ? {} : { limit }) };
  return kind === 'fgsm' ? { ...common, ...OF_FGSM } : common;
}

/** The same attack of another kind: what PGD was set to comes back with it, and what FGSM is stays with FGSM. */
export function withKind(attack: Tree, kind: string): Tree {
  const isOfFgsm = Object.entries(OF_FGSM).every(([name, value]) => attack[name] === value);
  if (kind === 'fgsm' || !isOfFgsm) return { ...attack, attack: kind };
  const { steps: _steps, randomStart: _randomStart, ...rest } = attack;
  return { ...rest, attack: kind };
}

export function nameOf(attack: Tree): string {
  const isFgsm = kindOf(attack) === 'fgsm';
  // One with a mistake elsewhere keeps its name.
  const steps = AttackConfig.shape.steps.safeParse(attack.steps);
  return attackName({
    attack: isFgsm ? 'fgsm' : 'pgd',
    steps: steps.success ? steps.data : AttackConfig.parse({}).steps,
  });
}

export interface Threat {
  readonly norm: Norm;
  readonly epsilon: number;
}

/** Radii that papers use, by norm. */
export const USUAL: Readonly<Record<Norm, readonly number[]>> = {
  linf: [1, 2, 4, 8, 16].map((k) => k / 255),
  l2: [0.25, 0.5, 1],
};

/** What a norm begins with where nothing was chosen. */
export const USUAL_EPSILON: Readonly<Record<Norm, number>> = { linf: 8 / 255, l2: 0.5 };

/** FGSM, PGD-20, PGD-50: weakest first. */
export function standardProtocol({ norm, epsilon }: Threat, limit: number | undefined): readonly Tree[] {
  const common = { norm, epsilon, ...(limit === undefined ? {} : { limit }) };
  return [
    newAttack('fgsm', { norm, epsilon }, limit),
    { attack: 'pgd', ...common, steps: 20 },
    { attack: 'pgd', ...common, steps: 50 },
  ];
}

/**
 * PGD at the usual radii of the last attack's norm, put before it in order; what is measured already is not doubled.
 * The last attack stays the last. Without any attack the curve ends at the usual radius.
 */
export function withCurve(attacks: readonly Tree[]): readonly Tree[] {
  const last = attacks.at(-1) ?? { attack: 'pgd' };
  const { norm, steps, limit } = wholeAttack(last) ?? AttackConfig.parse({});
  const rest = attacks.slice(0, -1);
  const present = [...rest, last].flatMap((one) => wholeAttack(one) ?? []);
  const isMeasured = (epsilon: number): boolean =>
    present.some((one) => one.attack === 'pgd' && one.norm === norm && isSameRadius(one.epsilon, epsilon));
  const curve = USUAL[norm]
    .filter((epsilon) => !isMeasured(epsilon))
    .map((epsilon): Tree => ({
      attack: 'pgd',
      norm,
      epsilon,
      steps: last.attack === 'fgsm' ? 20 : steps,
      ...(limit === undefined ? {} : { limit }),
    }));
  return [...curve, ...rest, last];
}

/** Moves one attack by one place; at the ends nothing moves. */
export function moved<T>(list: readonly T[], from: number, by: 1 | -1): readonly T[] {
  const to = from + by;
  if (to < 0 || to >= list.length) return list;
  return list.with(from, list[to]).with(to, list[from]);
}

/** PGD over FGSM, then by steps and restarts. */
function strength({ attack, steps, restarts, randomStart }: AttackConfig): number {
  return attack === 'fgsm' ? 0 : steps * (randomStart ? restarts : 1);
}

const compareStrength = (a: AttackConfig, b: AttackConfig): number => strength(a) - strength(b);

/** Radii are typed as k/255 in several ways that differ in the last digit. */
export const isSameRadius = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

/**
 * An attack of the last one's norm and radius that is stronger than it; undefined where the last is the strongest.
 * Other radii are other questions, such as the points of a curve.
 */
export function strongerThanLast(attacks: readonly Tree[]): number | undefined {
  const last = wholeAttack(attacks.at(-1) ?? {});
  if (last === undefined || attacks.length < 2) return undefined;
  const stronger = attacks.flatMap((attack, position) => {
    const whole = wholeAttack(attack);
    const isSameThreat = whole?.norm === last.norm && isSameRadius(whole.epsilon, last.epsilon);
    return isSameThreat && compareStrength(whole, last) > 0 ? [{ whole, position }] : [];
  });
  return stronger.toSorted((a, b) => compareStrength(a.whole, b.whole)).at(-1)?.position;
}

export function withLast<T>(list: readonly T[], position: number): readonly T[] {
  return [...list.filter((_, i) => i !== position), list[position]];
}
