/** The first step: which images, how many and how large, and what is in them. */
import { useDataLook } from '../../../store/dataLook.ts';
import { issuesBelow, useDraft, useSetting } from '../../../store/draft.ts';
import { dataProblem } from '../steps.ts';
import './data.css';
import { DataSettings } from './DataSettings.tsx';
import { LookCard } from './LookCard.tsx';
import { SourceCard } from './SourceCard.tsx';

const LIMIT = ['data', 'limit'];

export function DataStep() {
  const look = useDataLook();
  const isValid = useDraft(({ checked }) => issuesBelow(checked, ['data']).length === 0);
  const [limit] = useSetting<unknown>(LIMIT);
  const failed = look.kind === 'failed' ? dataProblem(look.failure, limit) : [];
  return (
    <div className="stack data-step">
      <SourceCard />
      <div className="data-columns">
        <LookCard look={look} isValid={isValid} />
        <DataSettings look={look.kind === 'ready' ? look.value : undefined} failed={failed} />
      </div>
    </div>
  );
}
