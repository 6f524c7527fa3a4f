/** Results as tables: the first executor that was measured is what the others are compared with. */
import type { ExecutorResult } from './executorChild.ts';
import { type NotAvailable, wasMeasured } from './executorRuns.ts';
import type { NoPeer, PeerResult } from './peers/pytorch.ts';

/** Columns side by side: the first to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
    )
    .join('\n');
}

export const whole = (n: number): string => Math.round(n).toLocaleString('en');
const mebibytes = (bytes: number): string => whole(bytes / 2 ** 20);

export function resultsTable(all: readonly (ExecutorResult | NotAvailable)[]): string {
  const results = all.filter(wasMeasured);
  const head = [
    'executor',
    'pass ms',
    '×',
    'step ms',
    '×',
    'steps/s',
    'steps/pass',
    'compiled MiB',
    'pass peak MiB',
    'search peak MiB',
    'nodes',
    'compile ms',
  ];
  const rows = results.map((r) => [
    r.executor,
    whole(r.passMs),
    (r.passMs / results[0].passMs).toFixed(2),
    whole(r.stepMs),
    (r.stepMs / results[0].stepMs).toFixed(2),
    (1000 / r.stepMs).toPrecision(3),
    (r.stepMs / r.passMs).toFixed(2),
    mebibytes(r.compiledPeakBytes),
    mebibytes(r.passPeakBytes),
    mebibytes(r.peakBytes),
    whole(r.nodes),
    whole(r.compileMs),
  ]);
  const missing = all.flatMap((r) =>
    wasMeasured(r) ? [] : [`${r.executor}: not available: ${r.notAvailable}`],
  );
  return [...(rows.length > 0 ? [table([head, ...rows])] : []), ...missing].join('\n');
}

/**
 * How many times as fast and as frugal the first executor is. What a card holds is told beside what its process holds.
 * @param first undefined where none was measured
 */
export function peersTable(
  first: ExecutorResult | undefined,
  peers: readonly (PeerResult | NoPeer)[],
): string {
  const head = [
    'peer',
    'pass ms',
    'pass ÷ ours',
    'peak MiB',
    'peak ÷ our pass peak',
    'card MiB',
    'weights',
    'version',
    'threads',
    'device',
  ];
  const rows: string[][] = [];
  const missing: string[] = [];
  for (const peer of peers) {
    if ('notAvailable' in peer) {
      missing.push(`${peer.peer}: not available: ${peer.notAvailable}`);
      continue;
    }
    const isOnCard = peer.devicePeakBytes > 0;
    rows.push([
      peer.peer,
      whole(peer.passMs),
      first === undefined ? '–' : (peer.passMs / first.passMs).toFixed(2),
      mebibytes(peer.peakBytes),
      first === undefined || isOnCard ? '–' : (peer.peakBytes / first.passPeakBytes).toFixed(2),
      isOnCard ? mebibytes(peer.devicePeakBytes) : '–',
      whole(peer.params),
      peer.torch,
      String(peer.threads),
      peer.device,
    ]);
  }
  return [...(rows.length > 0 ? [table([head, ...rows])] : []), ...missing].join('\n');
}
