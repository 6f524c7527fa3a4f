/** More phases for a run that stands: its experiment with some of it changed, checked, then started. */
import { useState } from 'react';
import { CellsmithError } from '../../../../core/base/errors.ts';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { Phase } from '../../../../core/runs/events.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import { host, library } from '../../../api/services.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { useRuns } from '../../../store/runs.ts';
import { showFailure, useToasts } from '../../../store/toasts.ts';
import { run as texts } from '../../../texts/run.ts';
import { isBusy } from './busy.ts';
import { runStatus } from './runStatus.ts';

export interface Extension {
  /** Of the run's last plan. */
  readonly config: RunConfig;
  /** Why nothing can be started now, whatever it is. */
  readonly obstacle: string | undefined;
  /**
   * @param started what is said once it has begun
   * @returns whether it has
   */
  start(
    changes: Readonly<Record<string, unknown>>,
    phases: readonly Phase[],
    started: string,
  ): Promise<boolean>;
}

export function useExtension(runId: RunId, { view, course, manifest }: LiveRun): Extension {
  const process = useRuns((state) => state.processes[runId]);
  const listed = useRuns((state) => state.list?.find(({ id }) => id === runId)?.state);
  const [isStarting, setStarting] = useState(false);
  const config = view.planned?.config ?? manifest.config;
  const isAtWork = isBusy(runStatus(view, course, process, listed));
  const isTrained = view.retrained.some(({ label }) => label === 'found');
  const { extension: words } = texts;
  return {
    config,
    obstacle: isStarting ? words.starting : isAtWork ? words.atWork : isTrained ? undefined : words.noNetwork,
    async start(changes, phases, started) {
      const about = { runId, name: config.name };
      setStarting(true);
      try {
        const checked = await library.call('checkConfig', { config: { ...config, ...changes } });
        if (!checked.ok) {
          const [{ message, hint }] = checked.issues;
          throw new CellsmithError('bad-config', message, hint);
        }
        await host.call('extendRun', { runId, plan: { config: checked.config, phases: [...phases] } });
        useToasts.getState().show({ tone: 'good', title: started, about });
        return true;
      } catch (error) {
        showFailure(error, { about });
        return false;
      } finally {
        setStarting(false);
      }
    },
  };
}
