/** An attack that is to be carried out, with all that its result depends on. */
import { attackName, count, normName, radius } from '../../../../core/report/format.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import { training as texts } from '../../../texts/training.ts';

export function conditionsOf(attack: RunConfig['evaluate'][number]): string {
  const { norm, epsilon, restarts, limit } = attack;
  return texts.attack(
    attackName(attack),
    normName(norm),
    radius(epsilon, norm),
    restarts,
    limit === undefined ? undefined : count(limit),
  );
}
