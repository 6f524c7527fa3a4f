/** What has to be mended, step by step: what the library says of the settings, and whether the data could be read. */
import { useMemo } from 'react';
import { useDataLook } from '../../store/dataLook.ts';
import { stepIssues, useDraft } from '../../store/draft.ts';
import type { StepProblems } from './steps.ts';
import { dataProblem } from './steps.ts';

export function useStepProblems(): StepProblems {
  const checked = useDraft((state) => state.checked);
  const look = useDataLook();
  const failure = look.kind === 'failed' ? look.failure : undefined;
  return useMemo(() => {
    const data = stepIssues(checked, 'data');
    return {
      data: data.length > 0 || failure === undefined ? data : dataProblem(failure),
      space: stepIssues(checked, 'space'),
      budget: stepIssues(checked, 'budget'),
      threat: stepIssues(checked, 'threat'),
      strategy: stepIssues(checked, 'strategy'),
      review: stepIssues(checked, 'review'),
    };
  }, [checked, failure]);
}
