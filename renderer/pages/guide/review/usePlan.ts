/** The plan as it would be started: the checked configuration and its phases; undefined while it is not right. */
import { useMemo } from 'react';
import type { Plan } from '../../../../core/protocol/values.ts';
import { useDraft } from '../../../store/draft.ts';
import { runnablePhases } from './plan.ts';

export function usePlan(): Plan | undefined {
  const checked = useDraft((state) => state.checked);
  const isChecked = useDraft((state) => state.isChecked);
  const phases = useDraft((state) => state.phases);
  return useMemo(() => {
    if (!isChecked || checked?.ok !== true) return undefined;
    const { config } = checked;
    return { config, phases: [...runnablePhases(phases, config.genotype !== undefined)] };
  }, [checked, isChecked, phases]);
}
