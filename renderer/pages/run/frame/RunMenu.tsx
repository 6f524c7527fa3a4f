/** What else can be done with a run: its folder, its report, a new experiment from it, the trash. */
import { Copy, Ellipsis, FileText, FlaskConical, FolderOpen, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import type { RunId } from '../../../../core/protocol/values.ts';
import { host, library } from '../../../api/services.ts';
import { links } from '../../../shell/links.ts';
import { useConnection } from '../../../store/connection.ts';
import { useDraft } from '../../../store/draft.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { freshName } from '../../../store/names.ts';
import { useRuns } from '../../../store/runs.ts';
import { showFailure, useToasts } from '../../../store/toasts.ts';
import { run as texts } from '../../../texts/run.ts';
import { Menu } from '../../../ui/Menu.tsx';
import { Button } from '../../../ui/Button.tsx';
import type { RunStatus } from './runStatus.ts';

const REPORT = 'report.html';

export function RunMenu({
  runId,
  run,
  status,
}: {
  readonly runId: RunId;
  readonly run: LiveRun;
  readonly status: RunStatus;
}) {
  const isDesktop = useConnection((state) => state.hello?.kind === 'desktop');
  const [, navigate] = useLocation();
  const config = run.view.planned?.config ?? run.manifest.config;
  const isHeld = ['starting', 'working', 'restarting', 'elsewhere'].includes(status.kind);

  const useAsNew = (): void => {
    const taken = (useRuns.getState().list ?? []).map((other) => other.name);
    const name = freshName(config.name, [...taken, config.name]);
    useDraft.getState().replace({ ...config, name }, run.view.planned?.phases ?? ['search']);
    navigate(links.guide('data'));
  };
  const trash = async (): Promise<void> => {
    const { trashed } = await library.call('trashRun', { runId });
    navigate(links.runs);
    const restore = async (): Promise<void> => {
      const back = await library.call('untrashRun', { trashed });
      useToasts.getState().show({ tone: 'good', title: texts.restored(config.name) });
      navigate(links.run(back.runId));
    };
    useToasts.getState().show({
      tone: 'info',
      title: texts.trashed(config.name),
      action: { label: texts.undoTrash, act: () => void restore().catch(showFailure) },
    });
  };
  return (
    <Menu
      items={[
        isDesktop
          ? {
              label: texts.showFolder,
              icon: <FolderOpen />,
              act: () => void host.call('reveal', { runId, path: 'run.json' }).catch(showFailure),
            }
          : { label: texts.copyPath, icon: <Copy />, act: () => void copy(run.folder) },
        {
          label: texts.report,
          icon: <FileText />,
          act: () => void saveReport(runId, config.name).catch(showFailure),
        },
        { label: texts.useAsNew, icon: <FlaskConical />, act: useAsNew },
        {
          label: texts.trash,
          icon: <Trash2 />,
          unavailable: isHeld,
          act: () => void trash().catch(showFailure),
        },
      ]}
    >
      <Button icon={<Ellipsis />} tone="quiet">
        {texts.more}
      </Button>
    </Menu>
  );
}

async function copy(path: string): Promise<void> {
  const { show } = useToasts.getState();
  try {
    await navigator.clipboard.writeText(path);
    show({ tone: 'good', title: texts.copied, detail: path });
  } catch {
    // The path itself can be selected and copied by hand.
    show({ tone: 'bad', title: texts.notCopied, detail: path });
  }
}

/** The window hands it over as a download: pages of other origins are not opened in it. */
async function saveReport(runId: RunId, name: string): Promise<void> {
  const { text } = await library.call('readRunFile', { runId, path: REPORT });
  if (text === undefined) {
    useToasts.getState().show({ tone: 'info', title: texts.noReport, detail: texts.reportHint });
    return;
  }
  const url = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-${REPORT}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
