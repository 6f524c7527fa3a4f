/** Networks as points of clean accuracy, robust accuracy and size, kept apart by threat model. */
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { conditions } from '../../../core/report/format.ts';
import { runsTexts } from '../../texts/runs.ts';
import { PUBLISHED, PUBLISHED_IMAGES, PUBLISHED_THREAT } from './published.ts';

type Measured = NonNullable<RunSummary['clean']>;
type Attacked = NonNullable<RunSummary['robust']>;

export interface NetworkPoint {
  /** Unique in the picture. */
  readonly id: string;
  /** Where there is a run behind it. */
  readonly runId?: string;
  readonly name: string;
  readonly kind: 'found' | 'baseline' | 'published';
  readonly params: number;
  readonly clean: Measured;
  readonly robust: Measured;
}

/** Figures that may stand side by side: one data set, one attack with all its conditions. */
export interface ThreatGroup {
  readonly id: string;
  readonly title: string;
  readonly points: readonly NetworkPoint[];
}

interface Group {
  readonly title: string;
  /** Of the attack, over all restarts. */
  readonly steps: number;
  /** How many networks the attack stands for. */
  headlines: number;
  readonly points: NetworkPoint[];
}

/** The largest group first; of those alike, the attack that stands for most networks, then that of most steps and restarts. */
export function groupByThreat(runs: readonly RunSummary[]): readonly ThreatGroup[] {
  const groups = new Map<string, Group>();
  for (const run of runs) {
    const { robust, attacks = robust === undefined ? [] : [robust], clean, params } = run;
    if (clean === undefined || params === undefined) continue;
    for (const attack of attacks) {
      const title = `${imagesOf(run)}: ${conditions(attack)}`;
      const known = groups.get(title);
      const group: Group = known ?? {
        title,
        steps: attack.steps * attack.restarts,
        headlines: 0,
        points: isPublishedThreat(run, attack) ? publishedPoints() : [],
      };
      if (known === undefined) groups.set(title, group);
      if (robust !== undefined && conditions(robust) === conditions(attack)) group.headlines++;
      group.points.push(...pointsOf(run, params, clean, attack));
    }
  }
  return [...groups.entries()]
    .map(([id, group]) => ({ id, ...group }))
    .sort((a, b) => b.points.length - a.points.length || b.headlines - a.headlines || b.steps - a.steps);
}

function pointsOf(
  { id, name, baseline }: RunSummary,
  params: number,
  clean: Measured,
  robust: Attacked,
): readonly NetworkPoint[] {
  const found: NetworkPoint = { id: `${id} found`, runId: id, name, kind: 'found', params, clean, robust };
  const other = baseline?.attacks?.find((attack) => conditions(attack) === conditions(robust));
  if (baseline?.clean === undefined || other === undefined) return [found];
  return [
    found,
    {
      id: `${id} baseline`,
      runId: id,
      name: runsTexts.baselineOf(name),
      kind: 'baseline',
      params: baseline.params,
      clean: baseline.clean,
      robust: other,
    },
  ];
}

/** Other sizes of the same images are another task. */
function imagesOf({ dataset, config }: RunSummary): string {
  const size = config?.data.imageSize;
  return size === undefined ? dataset : runsTexts.atSize(dataset, size);
}

function isPublishedThreat({ dataset, config }: RunSummary, attack: Attacked): boolean {
  const { imageSize = PUBLISHED_THREAT.imageSize } = config?.data ?? {};
  return (
    dataset.split(':')[0] === PUBLISHED_THREAT.dataset &&
    imageSize === PUBLISHED_THREAT.imageSize &&
    attack.restarts === 1 &&
    attack.attack === PUBLISHED_THREAT.attack &&
    attack.norm === PUBLISHED_THREAT.norm &&
    attack.steps === PUBLISHED_THREAT.steps &&
    Math.abs(attack.epsilon - PUBLISHED_THREAT.epsilon) < 1e-9
  );
}

function publishedPoints(): NetworkPoint[] {
  // Intervals of published figures follow from their number of images alone.
  const measured = (accuracy: number): Measured => {
    const half = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / PUBLISHED_IMAGES);
    return { accuracy, n: PUBLISHED_IMAGES, interval: [accuracy - half, accuracy + half] };
  };
  return PUBLISHED.map(({ name, params, clean, robust }) => ({
    id: `published ${name}`,
    name,
    kind: 'published',
    params,
    clean: measured(clean),
    robust: measured(robust),
  }));
}

/** Whether `a` is at least as good in all three and better in one. */
export function dominates(a: NetworkPoint, b: NetworkPoint): boolean {
  const isAsGood =
    a.clean.accuracy >= b.clean.accuracy && a.robust.accuracy >= b.robust.accuracy && a.params <= b.params;
  const isBetter =
    a.clean.accuracy > b.clean.accuracy || a.robust.accuracy > b.robust.accuracy || a.params < b.params;
  return isAsGood && isBetter;
}

/** The ids of the networks that no other one beats. */
export function paretoFront(points: readonly NetworkPoint[]): ReadonlySet<string> {
  return new Set(points.filter((b) => !points.some((a) => dominates(a, b))).map(({ id }) => id));
}
