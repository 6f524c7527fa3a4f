/** What can be done with a run from the table. */
import { Ellipsis, FolderOpen, Play, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { library } from '../../api/services.ts';
import { links } from '../../shell/links.ts';
import { copyText } from '../../store/copyText.ts';
import { resumeRun } from '../../store/runs.ts';
import { showFailure, useToasts } from '../../store/toasts.ts';
import { common } from '../../texts/common.ts';
import { runsTexts } from '../../texts/runs.ts';
import { IconButton } from '../../ui/Button.tsx';
import type { MenuItem } from '../../ui/Menu.tsx';
import { Menu } from '../../ui/Menu.tsx';

export function RunMenu({ run, isAtWork }: { readonly run: RunSummary; readonly isAtWork: boolean }) {
  const [, navigate] = useLocation();
  const { id, name, folder, open } = run;
  const items: readonly MenuItem[] = [
    { label: runsTexts.open, icon: <FolderOpen />, act: () => navigate(links.run(id)) },
    {
      label: runsTexts.resume,
      icon: <Play />,
      unavailable: isAtWork || open.length === 0,
      act: () => void resumeRun(id),
    },
    { label: runsTexts.copyPath, act: () => void copyText(folder) },
    {
      label: runsTexts.trash,
      icon: <Trash2 />,
      unavailable: isAtWork || run.state === 'running',
      act: () => void trash(id, name),
    },
  ];
  return (
    <Menu items={items}>
      <IconButton label={runsTexts.more(name)} icon={<Ellipsis />} size="small" />
    </Menu>
  );
}

async function trash(runId: string, name: string): Promise<void> {
  const { show } = useToasts.getState();
  try {
    const { trashed } = await library.call('trashRun', { runId });
    show({
      tone: 'info',
      title: runsTexts.trashed(name),
      action: {
        label: common.undo,
        act: () =>
          void library
            .call('untrashRun', { trashed })
            .then(() => show({ tone: 'good', title: runsTexts.restored(name) }), showFailure),
      },
    });
  } catch (error) {
    showFailure(error);
  }
}
