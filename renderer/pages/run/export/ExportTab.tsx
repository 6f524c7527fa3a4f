/** Not built yet. */
import type { RunId } from '../../../../core/protocol/values.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';

export function ExportTab(_: { readonly runId: RunId; readonly run: LiveRun }) {
  return undefined;
}
