/** The whole studio: both cells to edit or two genotypes to compare, sizes, history, variants, training. */
import { useEffect, useMemo, useState } from 'react';
import type { RunId } from '../../core/protocol/values.ts';
import type { EdgeWeights } from '../../core/searchSpace/discretize.ts';
import type { EdgeShares } from '../../core/searchSpace/edgeShares.ts';
import type { PrimitiveId } from '../../core/searchSpace/genotype.ts';
import { PRIMITIVES } from '../../core/searchSpace/genotype.ts';
import type { Budget, SearchSpace, Skeleton } from '../../core/searchSpace/space.ts';
import { isSame } from '../store/tree.ts';
import { studio } from '../texts/studio.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { announce } from '../ui/Announcer.tsx';
import { Note, Waiting } from '../ui/feedback.tsx';
import { CellCard } from './CellCard.tsx';
import { Compare } from './Compare.tsx';
import { CountBar } from './CountBar.tsx';
import { useCandidates, variantBasis } from './GenotypeSelect.tsx';
import { HistoryList } from './HistoryList.tsx';
import type { Chosen } from './Inspector.tsx';
import { Inspector } from './Inspector.tsx';
import { LoadDialog } from './LoadDialog.tsx';
import type { CellFacts } from './model/cellElements.ts';
import { operationCosts, recount } from './model/counts.ts';
import type { Edit, Rules } from './model/edit.ts';
import { applyEdit } from './model/edit.ts';
import { canRedo, canUndo } from './model/history.ts';
import type { Basis } from './model/kept.ts';
import { isBlocking, problemsOf } from './model/problems.ts';
import { RetrainDialog } from './RetrainDialog.tsx';
import type { Session } from './session.ts';
import { useSession } from './session.ts';
import { showRefusal } from './showRefusal.ts';
import { StudioBar } from './StudioBar.tsx';
import { useStudioView } from './studioView.ts';
import { useFileDrop } from './useFileDrop.ts';
import { useUndoKeys } from './useUndoKeys.ts';
import { VariantList } from './VariantList.tsx';
import { useWanted } from './wanted.ts';
import './studio.css';

/** A cell to begin with, and what the search thought of its edges. */
export interface StudioBasis extends Basis {
  readonly weights?: EdgeWeights;
  readonly shares?: EdgeShares;
}

export interface StudioProps {
  /** Names the place, so that its edits come back. */
  readonly draftKey: string;
  /** The first one is opened where nothing was edited. Must stay the same object while it says the same. */
  readonly bases: readonly StudioBasis[];
  /** Of the run; undefined = everything is allowed. */
  readonly space?: SearchSpace;
  /** undefined = sizes are not known yet. */
  readonly skeleton: Skeleton | undefined;
  readonly isSizeAssumed?: boolean;
  readonly budget: Budget;
  /** Whose settings training begins with. */
  readonly runId?: RunId;
}

const EVERYTHING: readonly PrimitiveId[] = PRIMITIVES;

export function Studio(props: StudioProps) {
  const { draftKey, bases } = props;
  const [first] = bases;
  const session = useSession(draftKey, first, studio.began(first.title));
  useWanted(draftKey, bases, session);
  if (session === undefined) return <Waiting label={studio.opening} />;
  return <OpenStudio {...props} session={session} />;
}

function OpenStudio({
  bases,
  space,
  skeleton,
  isSizeAssumed = false,
  budget,
  runId,
  session,
}: StudioProps & { readonly session: Session }) {
  const { genotype, basis, history } = session;
  const { mode, setMode } = useStudioView();
  const [chosen, setChosen] = useState<Chosen>();
  const [isBeyond, setBeyond] = useState(false);
  const [dialog, setDialog] = useState<'load' | 'retrain'>();
  const [sides, setSides] = useState({ left: 'original', right: 'edited' });

  const rules: Rules = useMemo(
    () => ({ primitives: space?.primitives ?? EVERYTHING, beyondSpace: space === undefined || isBeyond }),
    [space, isBeyond],
  );
  const { weights, shares } = bases.find(({ id }) => id === basis.id) ?? {};
  const facts: CellFacts = useMemo(
    () => ({
      ...(space === undefined ? {} : { space }),
      ...(weights === undefined ? {} : { weights }),
      ...(shares === undefined ? {} : { shares }),
      ...(skeleton === undefined ? {} : { costs: operationCosts(skeleton) }),
    }),
    [space, weights, shares, skeleton],
  );
  const counted = useMemo(
    () => (skeleton === undefined ? undefined : recount(genotype, basis.genotype, skeleton, budget)),
    [genotype, basis, skeleton, budget],
  );
  const problems = useMemo(() => problemsOf(genotype, rules, space?.nodes), [genotype, rules, space]);
  const here = useMemo(
    () => [
      { id: 'edited', title: studioDialogs.compare.edited, genotype },
      { id: 'original', title: studioDialogs.compare.original(basis.title), genotype: basis.genotype },
      ...bases,
    ],
    [genotype, basis, bases],
  );
  const candidates = useCandidates(here);
  // A draft that was read back holds copies.
  const title = studio.editing(basis.title, !isSame(genotype, basis.genotype));

  const edit = (change: Edit): void => {
    const result = applyEdit(genotype, change, rules);
    if (!result.ok) return showRefusal(studio.refused(result.refusal));
    if (result.genotype === genotype) return;
    const before = change.kind === 'concat' ? undefined : genotype[change.cell].edges[change.edge];
    const label = studio.change(change, before);
    session.record(result.genotype, label);
    announce(label);
  };
  const load = (next: Basis): void => {
    setMode('edit');
    if (next.id === basis.id && isSame(next.genotype, genotype)) return;
    session.load(next, studio.loaded(next.title));
    setChosen(undefined);
    announce(studio.loaded(next.title));
  };
  const goTo = (step: number): void => {
    session.goTo(step);
    announce(history.steps[Math.min(history.steps.length - 1, Math.max(0, step))].label);
  };
  const uncounted =
    skeleton !== undefined ? undefined : runId === undefined ? studio.counts.mend : studio.counts.unknown;
  const undo = canUndo(history) ? () => goTo(history.at - 1) : undefined;
  const redo = canRedo(history) ? () => goTo(history.at + 1) : undefined;
  useUndoKeys(undo, redo);
  const drop = useFileDrop(load);

  // A cell with fewer nodes was opened: what was chosen is no more.
  const edgesOf = chosen === undefined ? 0 : genotype[chosen.cell].edges.length;
  const stillChosen = chosen !== undefined && chosen.edge < edgesOf ? chosen : undefined;
  useEffect(() => {
    if (chosen !== undefined && stillChosen === undefined) setChosen(undefined);
  }, [chosen, stillChosen]);

  const side = (id: string): Basis => candidates.find(id) ?? here[0];
  return (
    <div
      className={drop.isOver ? 'studio drop-here' : 'studio'}
      data-drop={studioDialogs.load.drop}
      {...drop.handlers}
    >
      <StudioBar
        title={title}
        genotype={genotype}
        bases={bases}
        basisId={basis.id}
        onStartFrom={load}
        canShowAlphas={weights !== undefined}
        undo={undo}
        redo={redo}
        onLoad={() => setDialog('load')}
        onRetrain={() => setDialog('retrain')}
        retrainUnavailable={problems.some(isBlocking) ? studioDialogs.retrain.blocked : uncounted}
      />
      {counted !== undefined && <CountBar recount={counted} budget={budget} original={basis.title} />}
      {uncounted !== undefined && <Note tone="info">{uncounted}</Note>}
      {isSizeAssumed && <Note tone="info">{studio.counts.assumedSize}</Note>}
      {mode === 'compare' ? (
        <Compare
          candidates={candidates}
          left={side(sides.left)}
          right={side(sides.right)}
          skeleton={skeleton}
          facts={facts}
          onChange={(left, right) => setSides({ left, right })}
        />
      ) : (
        <div className="studio-main">
          <div className="stack">
            {problems.length > 0 && (
              <Note tone={problems.some(isBlocking) ? 'bad' : 'warn'}>
                <ul className="stack tight">
                  {problems.map((problem) => (
                    <li key={studio.problem(problem)}>{studio.problem(problem)}</li>
                  ))}
                </ul>
              </Note>
            )}
            {(['normal', 'reduce'] as const).map((kind) => (
              <CellCard
                key={kind}
                kind={kind}
                cell={genotype[kind]}
                facts={facts}
                rules={rules}
                chosen={stillChosen}
                onChoose={(edge) => setChosen(edge === undefined ? undefined : { cell: kind, edge })}
                onEdit={edit}
              />
            ))}
          </div>
          <div className="studio-side">
            <Inspector
              chosen={stillChosen}
              cell={stillChosen === undefined ? undefined : genotype[stillChosen.cell]}
              facts={facts}
              rules={rules}
              onEdit={edit}
              {...(space === undefined ? {} : { onBeyond: setBeyond })}
            />
            <HistoryList history={history} onGoTo={goTo} />
            <VariantList
              genotype={genotype}
              basis={basis.title}
              skeleton={skeleton}
              onOpen={(variant) => load(variantBasis(variant))}
              onCompare={(variant) => {
                setSides({ left: `variant:${variant.id}`, right: 'edited' });
                setMode('compare');
              }}
            />
          </div>
        </div>
      )}
      <LoadDialog
        isOpen={dialog === 'load'}
        skeleton={skeleton}
        onLoad={load}
        onClose={() => setDialog(undefined)}
      />
      <RetrainDialog
        isOpen={dialog === 'retrain'}
        genotype={genotype}
        title={title}
        runId={runId}
        skeleton={skeleton}
        onClose={() => setDialog(undefined)}
      />
    </div>
  );
}
