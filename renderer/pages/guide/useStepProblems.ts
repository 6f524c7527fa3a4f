/** What has to be mended, step by step: what the library says of the settings, and whether the data could be read. */
import { useMemo } from 'react';
import { useCatalog } from '../../store/catalog.ts';
import { useDataLook } from '../../store/dataLook.ts';
import { stepIssues, useDraft } from '../../store/draft.ts';
import { valueAt } from '../../store/tree.ts';
import { withoutPath } from './data/withoutPath.ts';
import type { StepProblems } from './steps.ts';
import { dataProblem } from './steps.ts';

export function useStepProblems(): StepProblems {
  const checked = useDraft((state) => state.checked);
  const source = useDraft(({ config }) => valueAt(config, ['data', 'source']));
  const datasets = useCatalog((state) => state.catalog?.datasets);
  const look = useDataLook();
  const failure = look.kind === 'failed' ? look.failure : undefined;
  return useMemo(() => {
    const data = withoutPath(stepIssues(checked, 'data'), source, datasets ?? []);
    return {
      data: data.length > 0 || failure === undefined ? data : dataProblem(failure),
      space: stepIssues(checked, 'space'),
      budget: stepIssues(checked, 'budget'),
      threat: stepIssues(checked, 'threat'),
      strategy: stepIssues(checked, 'strategy'),
      review: stepIssues(checked, 'review'),
    };
  }, [checked, source, datasets, failure]);
}
