/** Signs that a network looks more robust than it is, since its gradients do not lead the attacks (Athalye et al. 2018). */
import { difference } from '../report/compare.ts';
import { accuracy, conditions, count, interval, percent } from '../report/format.ts';
import type { RobustCounted } from '../runs/events.ts';
import { attackKey } from '../runs/measured.ts';
import type { Notice } from '../strategies/strategy.ts';
import type { NetworkLabel } from './retrainPhase.ts';

/** Share of attacked images without a gradient above which an attack cannot be taken at its word. */
const MOST_STUCK = 0.05;
/** A radius so many times larger breaks more images of any network whose gradients are of use. */
const MUCH_LARGER = 4;
/** With fewer images left at the smaller radius, none more broken may be chance. */
const ENOUGH_LEFT = 50;

const result = (r: RobustCounted): string =>
  `${accuracy(r)} (${interval(r)}, n = ${count(r.n)}) under ${conditions(r)}`;

/** The attack stood still on too many images. */
export function zeroGradients(
  label: NetworkLabel,
  robust: RobustCounted,
  { stuck, attacked }: { readonly stuck: number; readonly attacked: number },
): readonly Notice[] {
  if (attacked === 0 || stuck / attacked <= MOST_STUCK) return [];
  return [
    {
      code: 'masked-gradients-zero',
      message: `Network '${label}': the gradient was exactly zero for ${count(stuck)} of ${count(attacked)} attacked images (${percent(stuck / attacked)}), so the attack stood still there: ${result(robust)} may be far too high.`,
      hint: 'The loss is saturated or the gradient is masked. Do not quote this figure as robustness; train with weight decay or against an adversary and measure again.',
    },
  ];
}

/**
 * What the figures of a network give away when they are set side by side.
 * @param all every attack measured on the network, those of now among them
 * @param now the ones that are new; pairs without any of them have been told
 */
export function maskedGradients(
  label: NetworkLabel,
  all: readonly RobustCounted[],
  now: readonly RobustCounted[],
  classes: number,
): readonly Notice[] {
  const fresh = new Set(now.map(attackKey));
  const isFresh = (...pair: readonly RobustCounted[]): boolean => pair.some((r) => fresh.has(attackKey(r)));
  return [
    ...oneStepWins(all, isFresh).map(([fgsm, pgd]): Notice => ({
      code: 'masked-gradients-fgsm',
      message: `Network '${label}': one step does more harm than many: ${result(fgsm)}, but ${result(pgd)}.`,
      hint: 'The gradient misleads the longer attack, as after a collapse of fast adversarial training. The robust accuracy is at most the lower figure; try more steps, other step sizes and restarts, and train with pgd-at.',
    })),
    ...largerRadiusDoesNoMore(all, isFresh, 1 / classes).map(([small, large]): Notice => ({
      code: 'masked-gradients-epsilon',
      message: `Network '${label}': a larger radius does not break more images: ${result(small)}, but ${result(large)}.`,
      hint: 'The smaller ball lies inside the larger one, so the attack is at fault: give it more steps and restarts. If that changes nothing, the gradients are masked and neither figure is a measure of robustness.',
    })),
  ];
}

type Pair = readonly [RobustCounted, RobustCounted];
type IsFresh = (...pair: readonly RobustCounted[]) => boolean;

/** FGSM against the strongest PGD of the same norm and ε, where it leaves clearly less. */
function oneStepWins(all: readonly RobustCounted[], isFresh: IsFresh): readonly Pair[] {
  return all.flatMap((fgsm): Pair[] => {
    if (fgsm.attack !== 'fgsm') return [];
    const [pgd] = all
      .filter((r) => r.attack === 'pgd' && r.norm === fgsm.norm && r.epsilon === fgsm.epsilon)
      .sort((a, b) => a.accuracy - b.accuracy);
    if (pgd === undefined || !isFresh(fgsm, pgd)) return [];
    return difference(pgd, fgsm).low > 0 ? [[fgsm, pgd]] : [];
  });
}

/**
 * Of attacks that differ in ε (and the step size that follows from it), the two between which the accuracy rises most,
 * if it clearly does; or two of which one has a much larger ε and leaves no fewer.
 * @param chance accuracy of a network that always names one class, which no attack can lower
 */
function largerRadiusDoesNoMore(
  all: readonly RobustCounted[],
  isFresh: IsFresh,
  chance: number,
): readonly Pair[] {
  const alike = (a: RobustCounted, b: RobustCounted): boolean =>
    a.attack === b.attack &&
    a.norm === b.norm &&
    a.steps === b.steps &&
    a.restarts === b.restarts &&
    a.n === b.n;
  const suspicious = (small: RobustCounted, large: RobustCounted): boolean =>
    difference(large, small).low > 0 ||
    (large.accuracy >= small.accuracy &&
      large.epsilon >= MUCH_LARGER * small.epsilon &&
      small.accuracy * small.n >= ENOUGH_LEFT &&
      small.interval[0] > chance);
  const pairs = all.flatMap((small) =>
    all.flatMap((large): Pair[] =>
      small.epsilon > 0 && large.epsilon > small.epsilon && alike(small, large) && suspicious(small, large)
        ? [[small, large]]
        : [],
    ),
  );
  // One pair of each series tells it all.
  const told: Pair[] = [];
  for (const pair of pairs.sort((a, b) => rise(b) - rise(a)))
    if (isFresh(...pair) && !told.some(([small]) => alike(small, pair[0]))) told.push(pair);
  return told;
}

const rise = ([small, large]: Pair): number => large.accuracy - small.accuracy;
