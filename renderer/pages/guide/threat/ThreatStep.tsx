/** The step of the guide about the adversary: what is measured, who is defended against, what it looks like. */
import { useMemo, useState } from 'react';
import { useSetting } from '../../../store/draft.ts';
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
  // The headline first: it is the one that counts.
  const [chosen, choose] = useState<number>();
  const selected = Math.min(chosen ?? attacks.length - 1, attacks.length - 1);
  return (
    <div className="threat-columns guide-threat">
      <Card title={words.measured} about={words.measuredAbout}>
        <div className="attack-columns">
          <AttackList attacks={attacks} selected={Math.max(0, selected)} onSelect={choose} />
          {selected >= 0 && <AttackEditor key={selected} attacks={attacks} position={selected} />}
        </div>
      </Card>
      <PreviewCard attack={attacks.at(selected)} />
      <DefencesCard attacks={attacks} />
    </div>
  );
}
