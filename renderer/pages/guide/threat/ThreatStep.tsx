/** The step of the guide about the adversary: what is measured, who is defended against, what it looks like. */
import { useMemo, useState } from 'react';
import { useDraft, useSetting } from '../../../store/draft.ts';
import { issuesBelow } from '../../../store/guideIssues.ts';
import { threat as words } from '../../../texts/threat.ts';
import { Card } from '../../../ui/Card.tsx';
import { AttackEditor } from './AttackEditor.tsx';
import { AttackList } from './AttackList.tsx';
import { readAttacks } from './attacks.ts';
import { DefencesCard } from './Defences.tsx';
import { PreviewCard } from './Preview.tsx';
import './threat.css';

export function ThreatStep() {
  const [raw] = useSetting<unknown>(['evaluate']);
  const attacks = useMemo(() => readAttacks(raw), [raw]);
  const checked = useDraft((state) => state.checked);
  const wrong = attacks.findIndex((_, i) => issuesBelow(checked, ['evaluate', String(i)]).length > 0);
  // What has to be mended first, else the headline: it is the one that counts.
  const [chosen, choose] = useState<number>();
  const first = wrong < 0 ? attacks.length - 1 : wrong;
  const selected = Math.min(chosen ?? first, attacks.length - 1);
  return (
    <div className="threat-columns guide-threat">
      <Card title={words.measured} about={words.measuredAbout}>
        <div className="attack-columns">
          <AttackList attacks={attacks} selected={Math.max(0, selected)} onSelect={choose} />
          {selected >= 0 && (
            // Whoever edits an attack stays with it, whatever is mended meanwhile.
            <div onFocusCapture={() => choose(selected)}>
              <AttackEditor key={selected} attacks={attacks} position={selected} />
            </div>
          )}
        </div>
      </Card>
      <PreviewCard attack={attacks.at(selected)} />
      <DefencesCard attacks={attacks} />
    </div>
  );
}
