/** What is being edited, and all that can be done with it as a whole. */
import { Dumbbell, FolderOpen, Redo2, Share2, Undo2 } from 'lucide-react';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import { common } from '../texts/common.ts';
import { studio } from '../texts/studio.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Segments } from '../ui/controls.tsx';
import { Menu } from '../ui/Menu.tsx';
import { copyGenotype, saveGenotype } from './share.ts';
import type { Basis } from './model/kept.ts';
import { useStudioView } from './studioView.ts';

const { views, modes, seconds } = studio;
const MODES = (['edit', 'compare'] as const).map((value) => ({ value, label: modes[value] }));
const VIEWS = (['graph', 'table', 'both'] as const).map((value) => ({ value, label: views[value] }));
const SECONDS = (['alpha', 'params'] as const).map((value) => ({ value, label: seconds[value] }));

export function StudioBar({
  title,
  genotype,
  bases,
  basisId,
  onStartFrom,
  canShowAlphas,
  undo,
  redo,
  onLoad,
  onRetrain,
  retrainUnavailable,
}: {
  readonly title: string;
  readonly genotype: Genotype;
  readonly bases: readonly Basis[];
  /** Of what is edited; it may come from elsewhere. */
  readonly basisId: string;
  readonly onStartFrom: (basis: Basis) => void;
  readonly canShowAlphas: boolean;
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly onLoad: () => void;
  readonly onRetrain: () => void;
  readonly retrainUnavailable: string | undefined;
}) {
  const { mode, view, second, setMode, setView, setSecond } = useStudioView();
  return (
    <div className="studio-bar">
      <div className="studio-line">
        <h2 className="studio-title" title={title}>
          {studio.headline(title)}
        </h2>
        <div className="buttons">
          <IconButton
            tone="plain"
            label={`${common.undo} (Ctrl+Z)`}
            icon={<Undo2 />}
            unavailable={undo === undefined ? studio.nothingToUndo : undefined}
            onClick={undo}
          />
          <IconButton
            tone="plain"
            label={`${common.redo} (Ctrl+Shift+Z)`}
            icon={<Redo2 />}
            unavailable={redo === undefined ? studio.nothingToRedo : undefined}
            onClick={redo}
          />
          <Button icon={<FolderOpen />} onClick={onLoad}>
            {studioDialogs.open}
          </Button>
          <Menu
            items={[
              { label: studioDialogs.copyText, act: () => void copyGenotype('text', genotype) },
              { label: studioDialogs.copyJson, act: () => void copyGenotype('json', genotype) },
              { label: studioDialogs.saveText, act: () => saveGenotype('text', 'genotype', genotype) },
              { label: studioDialogs.saveJson, act: () => saveGenotype('json', 'genotype', genotype) },
            ]}
          >
            <button type="button" className="button plain">
              <Share2 />
              {studioDialogs.share}
            </button>
          </Menu>
          <Button tone="primary" icon={<Dumbbell />} unavailable={retrainUnavailable} onClick={onRetrain}>
            {studioDialogs.retrain.open}
          </Button>
        </div>
      </div>
      <div className="studio-line">
        <Segments label={modes.label} value={mode} options={MODES} onChange={setMode} />
        {mode === 'edit' && (
          <div className="studio-views">
            <StartFrom bases={bases} basisId={basisId} onStartFrom={onStartFrom} />
            {canShowAlphas && (
              <span className="segments-line">
                <span className="small soft">{seconds.label}</span>
                <Segments label={seconds.label} value={second} options={SECONDS} onChange={setSecond} />
              </span>
            )}
            <Segments label={views.label} value={view} options={VIEWS} onChange={setView} />
          </div>
        )}
      </div>
    </div>
  );
}

function StartFrom({
  bases,
  basisId,
  onStartFrom,
}: {
  readonly bases: readonly Basis[];
  readonly basisId: string;
  readonly onStartFrom: (basis: Basis) => void;
}) {
  const isElsewhere = !bases.some(({ id }) => id === basisId);
  return (
    <label className="segments-line">
      <span className="small soft">{studioDialogs.cellTab.show}</span>
      <select
        className="input start-from"
        value={basisId}
        onChange={({ target }) => {
          const basis = bases.find(({ id }) => id === target.value);
          if (basis !== undefined) onStartFrom(basis);
        }}
      >
        {isElsewhere && <option value={basisId}>{studioDialogs.cellTab.elsewhere}</option>}
        {bases.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
