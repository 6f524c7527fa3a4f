/** The first step: which images, how many and how large, and what is in them. */
import { useDataLook } from '../../../store/dataLook.ts';
import { issuesBelow, useDraft } from '../../../store/draft.ts';
import './data.css';
import { DataSettings } from './DataSettings.tsx';
import { LookCard } from './LookCard.tsx';
import { SourceCard } from './SourceCard.tsx';

export function DataStep() {
  const look = useDataLook();
  const isValid = useDraft(({ checked }) => issuesBelow(checked, ['data']).length === 0);
  return (
    <div className="stack data-step">
      <SourceCard />
      <div className="data-columns">
        <LookCard look={look} isValid={isValid} />
        <DataSettings look={look.kind === 'ready' ? look.value : undefined} />
      </div>
    </div>
  );
}
