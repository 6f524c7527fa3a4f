/** The executors as the window lists them: which work, and which a new run takes. */
import type { ExecutorFound } from '../../../core/protocol/machine.ts';
import type { ExecutorReport } from '../../host/executors.ts';
import { DEFAULT_EXECUTOR } from '../../host/executors.ts';

/** Of those that work, the one to take where the default does not. */
const NEXT_BEST: readonly string[] = ['tensorflow', 'wasm', 'cpu'];

export function executorsFound(reports: readonly ExecutorReport[]): ExecutorFound[] {
  const works = (id: string): boolean => reports.some((report) => report.id === id && report.available);
  const chosen = [DEFAULT_EXECUTOR, ...NEXT_BEST].find(works) ?? reports.find((r) => r.available)?.id;
  return reports.map((report) => {
    const { id, title } = report;
    const found = report.available
      ? {
          available: true,
          device: report.device,
          ...(report.selfTest === undefined ? {} : { selfTest: report.selfTest }),
        }
      : {
          available: false,
          reason: report.reason,
          ...(report.hint === undefined ? {} : { hint: report.hint }),
        };
    if (id !== chosen) return { id, title, ...found, chosen: false };
    return { id, title, ...found, chosen: true, because: because(id, reports) };
  });
}

function because(id: string, reports: readonly ExecutorReport[]): string {
  if (id === DEFAULT_EXECUTOR)
    return 'It is the fastest of those that work on every machine: programs are compiled once and run by ONNX Runtime.';
  const wanted = reports.find((report) => report.id === DEFAULT_EXECUTOR);
  const why = wanted === undefined || wanted.available ? '' : ` (${wanted.reason})`;
  return `The usual one, ${DEFAULT_EXECUTOR}, does not work here${why}; this is the next best that does.`;
}
