/** The plan of the draft as it stands, recounted when a part of it changes. */
import { useMemo } from 'react';
import { imageOf, useDataLook } from '../../../store/dataLook.ts';
import { useDraft } from '../../../store/draft.ts';
import { DataConfig, RunConfig } from '../../../../core/runs/runConfig.ts';
import type { DraftPlan } from './plan.ts';
import { planOf } from './plan.ts';

export function usePlan(): DraftPlan {
  const config = useDraft((state) => state.config);
  const look = useDataLook();
  const found = look.kind === 'ready' ? look.value : undefined;
  return useMemo(() => {
    const data = DataConfig.safeParse(config.data ?? {}).data;
    const known = data === undefined ? undefined : imageOf({ ...RunConfig.parse({}), data }, found);
    return planOf(config, known);
  }, [config, found]);
}
