/** What can be done with the draft as a whole: undo, redo, start over, open and save files, simple or expert view. */
import {
  ChevronDown,
  ClipboardCopy,
  Download,
  FolderClock,
  FolderOpen,
  Redo2,
  RotateCcw,
  Undo2,
} from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { AddRunDialog } from '../../shell/AddRunDialog.tsx';
import { links } from '../../shell/links.ts';
import { isRunFile } from '../../../core/runs/runPath.ts';
import { useDraft } from '../../store/draft.ts';
import { usePreferences } from '../../store/preferences.ts';
import { guide } from '../../texts/guide.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Switch } from '../../ui/controls.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { openExperiment } from './openExperiment.ts';
import { PresetDialog } from './PresetDialog.tsx';
import { copyExperiment, saveExperiment } from './saveExperiment.ts';
import { takeRunFile } from './takeDrop.ts';

export function GuideTools() {
  const { canUndo, canRedo, undo, redo } = useDraft();
  const isExpert = usePreferences((state) => state.expert);
  const change = usePreferences((state) => state.change);
  const [isStartingOver, setStartingOver] = useState(false);
  const [isAddingRun, setAddingRun] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const [, go] = useLocation();
  const open = (file: File | undefined): void => {
    if (file === undefined) return;
    if (isRunFile(file.name)) return takeRunFile(file, go);
    void openExperiment(file).then((taken) => taken && go(links.guide('review')));
  };
  return (
    <>
      <Switch label={guide.expert} checked={isExpert} onChange={(expert) => change({ expert })} />
      <IconButton
        label={guide.undo}
        icon={<Undo2 />}
        unavailable={canUndo ? undefined : guide.nothingToUndo}
        onClick={undo}
      />
      <IconButton
        label={guide.redo}
        icon={<Redo2 />}
        unavailable={canRedo ? undefined : guide.nothingToRedo}
        onClick={redo}
      />
      <Button icon={<RotateCcw />} onClick={() => setStartingOver(true)}>
        {guide.startOver}
      </Button>
      <Menu
        items={[
          { label: guide.openFile, icon: <FolderOpen />, act: () => input.current?.click() },
          { label: guide.openRun, icon: <FolderClock />, act: () => setAddingRun(true) },
          {
            label: guide.saveFile,
            icon: <Download />,
            act: () => saveExperiment(useDraft.getState().config),
          },
          {
            label: guide.copyFile,
            icon: <ClipboardCopy />,
            act: () => void copyExperiment(useDraft.getState().config),
          },
        ]}
      >
        <button type="button" className="button plain">
          {guide.file}
          <ChevronDown />
        </button>
      </Menu>
      <input
        ref={input}
        type="file"
        accept=".json,.jsonl,application/json"
        hidden
        aria-label={guide.openFile}
        onChange={({ target }) => {
          open(target.files?.[0]);
          // The same file again is a new choice.
          target.value = '';
        }}
      />
      <AddRunDialog isOpen={isAddingRun} onClose={() => setAddingRun(false)} />
      <PresetDialog isOpen={isStartingOver} onClose={() => setStartingOver(false)} />
    </>
  );
}
