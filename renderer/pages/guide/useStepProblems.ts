/** What has to be mended, step by step: what the library says of the settings, and whether the data could be read. */
import { useMemo } from 'react';
import { useCatalog } from '../../store/catalog.ts';
import { useDataLook } from '../../store/dataLook.ts';
import { stepIssues, useDraft } from '../../store/draft.ts';
import { isSame, valueAt } from '../../store/tree.ts';
import { batchProblems } from './batchProblems.ts';
import { withoutPath } from './data/withoutPath.ts';
import { exportProblems } from './review/plan.ts';
import type { StepProblems } from './steps.ts';
import { dataProblem } from './steps.ts';
import { trainsSupernet } from './strategy/settingsView.ts';

const SOURCE = ['data', 'source'];
const LIMIT = ['data', 'limit'];

export function useStepProblems(): StepProblems {
  const checked = useDraft((state) => state.checked);
  const source = useDraft(({ config }) => valueAt(config, SOURCE));
  const checkedSource = useDraft(({ checkedConfig }) => valueAt(checkedConfig, SOURCE));
  const limit = useDraft(({ config }) => valueAt(config, LIMIT));
  const datasets = useCatalog((state) => state.catalog?.datasets);
  const look = useDataLook();
  const failure = look.kind === 'failed' ? look.failure : undefined;
  const parts = look.kind === 'ready' ? look.value.parts : undefined;
  const complete = useDraft((state) => state.complete);
  const phases = useDraft((state) => state.phases);
  const strategies = useCatalog((state) => state.catalog?.strategies);
  return useMemo(() => {
    // Another data set was chosen: what is wrong with it is told in a moment, and of the one before nothing.
    const found = source === checkedSource ? stepIssues(checked, 'data') : [];
    const data = withoutPath(found, source, datasets ?? []);
    const strategy = stepIssues(checked, 'strategy');
    const entry = strategies?.find(({ id }) => id === complete?.search.strategy.id);
    const searches = complete?.genotype === undefined && trainsSupernet(entry);
    const batches =
      complete === undefined || parts === undefined ? [] : batchProblems(complete, parts, searches);
    return {
      data: data.length > 0 || failure === undefined ? data : dataProblem(failure, limit),
      space: stepIssues(checked, 'space'),
      budget: stepIssues(checked, 'budget'),
      threat: stepIssues(checked, 'threat'),
      strategy: [
        ...strategy,
        ...batches.filter(({ path }) => !strategy.some((one) => isSame(one.path, path))),
      ],
      review: [...stepIssues(checked, 'review'), ...exportProblems(phases, complete?.exports)],
    };
  }, [checked, source, checkedSource, limit, datasets, failure, parts, complete, strategies, phases]);
}
