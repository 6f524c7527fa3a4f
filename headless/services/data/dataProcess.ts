/** The library's end of the data process. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { ProcessHost } from '../processHost.ts';
import type { WorkProcess } from '../workProcess.ts';
import { workProcess } from '../workProcess.ts';
import { dataApi } from './dataApi.ts';

/** Cancelled work is left at the next file; what takes longer is one long computation. */
const GRACE_MS = 2000;
/** A data set in memory is kept for the next look, but not for ever. */
const IDLE_MS = 180_000;

/** @throws its work: `data-process-ended` where its process ended by itself */
export type DataProcess = Pick<WorkProcess<typeof dataApi>, 'run' | 'kill'>;

export function dataProcess(host: ProcessHost, { graceMs = GRACE_MS, idleMs = IDLE_MS } = {}): DataProcess {
  return workProcess(host, {
    entry: 'data',
    api: dataApi,
    rest: (client) => client.call('rest', {}),
    ended,
    graceMs,
    idleMs,
  });
}

function ended(how: string | undefined): CellsmithError {
  return new CellsmithError(
    'data-process-ended',
    `The process that read the data ended without an answer${how === undefined ? '' : `: ${how}`}.`,
    'Try it again; where memory ran out, use smaller images or fewer of them.',
  );
}
