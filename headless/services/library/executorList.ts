/** The executors as the window lists them: which work, and which a new run takes. */
import { DEFAULT_EXECUTOR } from '../../../core/runs/runConfig.ts';
import type { ExecutorFound, Measurement } from '../../../core/protocol/machine.ts';
import { chosenExecutor } from '../../host/chosenExecutor.ts';
import type { ExecutorReport } from '../../host/executors.ts';

/** @param measured where it holds for what is installed now */
export function executorsFound(
  reports: readonly ExecutorReport[],
  measured?: Measurement['executors'],
): ExecutorFound[] {
  const works = (id: string): boolean => reports.some((report) => report.id === id && report.available);
  const chosen = chosenExecutor(
    reports.map(({ id }) => id),
    works,
    measured,
  );
  return reports.map((report) => {
    const { id, title } = report;
    const found = report.available
      ? {
          available: true,
          device: report.device,
          ...(report.onCard === undefined ? {} : { onCard: report.onCard }),
          ...(report.selfTest === undefined ? {} : { selfTest: report.selfTest }),
        }
      : {
          available: false,
          reason: report.reason,
          ...(report.hint === undefined ? {} : { hint: report.hint }),
        };
    if (id !== chosen) return { id, title, ...found, chosen: false };
    return { id, title, ...found, chosen: true, because: because(id, reports, measured !== undefined) };
  });
}

function because(id: string, reports: readonly ExecutorReport[], isMeasured: boolean): string {
  if (isMeasured && id !== DEFAULT_EXECUTOR)
    return 'By what was measured it is the best of those that work here.';
  if (isMeasured) return 'Of those that work here, none was measured to be clearly faster.';
  if (id === DEFAULT_EXECUTOR)
    return 'It works on every machine. Once the executors are measured, the fastest here is taken.';
  const wanted = reports.find((report) => report.id === DEFAULT_EXECUTOR);
  const why = wanted === undefined || wanted.available ? '' : ` (${wanted.reason})`;
  return `The usual one, ${DEFAULT_EXECUTOR}, does not work here${why}; this is the next best that does.`;
}
