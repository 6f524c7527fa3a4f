/** How the networks of a run withstand attacks: figures, curves over ε, confusions, examples, doubts, another measurement. */
import { ShieldQuestion } from 'lucide-react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { robustness as texts } from '../../../texts/robustness.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/feedback.tsx';
import { ConfusionCard } from './ConfusionCard.tsx';
import { EpsilonCurves } from './EpsilonCurves.tsx';
import { GalleryCard } from './GalleryCard.tsx';
import { MaskingCard } from './MaskingCard.tsx';
import { ResultTable } from './ResultTable.tsx';
import { StartEvaluation } from './StartEvaluation.tsx';
import './robustness.css';

export function RobustnessTab({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const { view } = run;
  if (view.evaluated.length === 0) {
    return (
      <>
        <Card>
          <Empty icon={<ShieldQuestion aria-hidden />} title={texts.nothing}>
            {texts.nothingAbout}
          </Empty>
        </Card>
        <StartEvaluation runId={runId} run={run} />
      </>
    );
  }
  return (
    <>
      <div className="robust-top">
        <ResultTable view={view} />
        <MaskingCard view={view} />
      </div>
      <EpsilonCurves view={view} />
      {view.galleries.map((gallery) => (
        <GalleryCard key={`${gallery.label} ${gallery.at}`} runId={runId} gallery={gallery} />
      ))}
      {view.confusions.length > 0 && <ConfusionCard view={view} />}
      <StartEvaluation runId={runId} run={run} />
    </>
  );
}
