/** The step of the guide that chooses what a search may find: candidates, nodes, and the networks they go into. */
import { useMemo } from 'react';
import type { PrimitiveId } from '../../../../core/searchSpace/genotype.ts';
import { PRIMITIVES } from '../../../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../../../core/searchSpace/space.ts';
import { useDraft, useSetting } from '../../../store/draft.ts';
import { fieldAnchor, issueAt } from '../../../store/guideIssues.ts';
import { schemaForm } from '../../../texts/schemaForm.ts';
import { space as words } from '../../../texts/space.ts';
import { Card } from '../../../ui/Card.tsx';
import { Segments } from '../../../ui/controls.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { problemWords } from '../../../ui/schemaFields.ts';
import { Term } from '../../../ui/Term.tsx';
import { OperationPalette } from './OperationPalette.tsx';
import { knownOperations, withOperation } from './operations.ts';
import type { DraftPlan } from './plan.ts';
import { NetworksCard } from './NetworksCard.tsx';
import { SpaceSize } from './SpaceSize.tsx';
import type { SpacePreset } from './spaceFacts.ts';
import { presetOf, SPACE_PRESETS } from './spaceFacts.ts';
import { SupernetDrawing } from './SupernetDrawing.tsx';
import { usePlan } from './usePlan.ts';
import './space.css';

const PRIMITIVES_PATH = ['search', 'space', 'primitives'];
const NODES_PATH = ['search', 'space', 'nodes'];
const DEFAULT_NODES = 4;
const NODES = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value }));

export function SpaceStep() {
  const plan = usePlan();
  return (
    <div className="stack guide-space">
      <div className="space-columns">
        <OperationsCard plan={plan} />
        <CellCard plan={plan} />
      </div>
      <NetworksCard plan={plan} />
    </div>
  );
}

function OperationsCard({ plan }: { readonly plan: DraftPlan }) {
  const [chosen] = useSetting<unknown>(PRIMITIVES_PATH);
  const problem = useDraft(({ checked }) => issueAt(checked, PRIMITIVES_PATH));
  const operations = useMemo(() => knownOperations(chosen), [chosen]);
  const preset = plan.space === undefined ? undefined : presetOf(plan.space);
  const { channels } = plan.network ?? DEFAULT_SKELETON;
  const tooFew = operations.length < LEAST ? schemaForm.atLeast(LEAST) : undefined;
  return (
    <Card title={words.operations} about={words.operationsAbout}>
      <div className="stack">
        <div className="stack tight">
          <Segments
            label={words.preset}
            value={preset ?? 'own'}
            options={SPACE_PRESETS.map(({ id }) => ({ value: id as string, label: words.presets[id] }))}
            onChange={(id) => takePreset(SPACE_PRESETS.find((one) => one.id === id))}
          />
          <p className="small soft">
            {words.presetsAbout[preset ?? 'own']} {words.chosen(operations.length, PRIMITIVES.length)}
          </p>
        </div>
        {tooFew !== undefined ? (
          <Note tone="bad" title={tooFew} />
        ) : (
          problem !== undefined && <Note tone="bad" title={problemWords(problem)} />
        )}
        <div id={fieldAnchor(PRIMITIVES_PATH)} tabIndex={-1}>
          <OperationPalette chosen={operations} channels={channels} onToggle={toggle} />
        </div>
        <p className="small soft">{words.costBasis(channels)}</p>
      </div>
    </Card>
  );
}

const LEAST = 2;
const DEFAULT_SKELETON: Pick<Skeleton, 'channels'> = { channels: 16 };

function toggle(op: PrimitiveId, isOn: boolean): void {
  useDraft.getState().update(PRIMITIVES_PATH, (newest) => withOperation(knownOperations(newest), op, isOn));
}

function takePreset(preset: SpacePreset | undefined): void {
  if (preset === undefined) return;
  const { primitives, nodes } = preset;
  useDraft.getState().set(['search', 'space'], { primitives: [...primitives], nodes });
}

function CellCard({ plan }: { readonly plan: DraftPlan }) {
  const { space } = plan;
  const [nodes, setNodes] = useSetting<number>(NODES_PATH);
  const problem = useDraft(({ checked }) => issueAt(checked, NODES_PATH));
  return (
    <Card title={words.cell} about={words.cellAbout} className="space-cell">
      <div className="stack">
        <div className="space-nodes" id={fieldAnchor(NODES_PATH)} tabIndex={-1}>
          <Term id="node">{words.nodes}</Term>
          <Segments
            label={words.nodes}
            value={String(nodes ?? DEFAULT_NODES)}
            options={NODES}
            onChange={(next) => setNodes(Number(next))}
          />
        </div>
        {problem !== undefined && <Note tone="bad" title={problemWords(problem)} />}
        {space === undefined ? (
          <Note tone="info">{words.noSpace}</Note>
        ) : (
          <>
            <SupernetDrawing space={space} />
            <SpaceSize plan={plan} space={space} />
          </>
        )}
      </div>
    </Card>
  );
}
