/** The same supernet in PyTorch, edge by edge, measured by a Python that the caller names. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchConfig } from '../configs.ts';

const SCRIPT = fileURLToPath(new URL('./pytorch_supernet.py', import.meta.url));

/** What the script prints. */
export interface PeerResult {
  /** `pytorch` or `pytorch channels_last`: how images lie in memory. */
  readonly peer: string;
  /** Median of one forward and backward pass: gradients of all weights, both alphas and the images. */
  readonly passMs: number;
  /** Most memory that the process held. */
  readonly peakBytes: number;
  readonly params: number;
  /** Its version, with the build. */
  readonly torch: string;
  readonly device: string;
  readonly threads: number;
}

/** @throws Error with the last line that Python said, where it has no torch or fails otherwise */
export async function measurePyTorch(
  python: string,
  { skeleton, batchSize }: BenchConfig,
  threads: number,
): Promise<readonly PeerResult[]> {
  const { cells, channels, imageSize } = skeleton;
  const options = ['--cells', cells, '--channels', channels, '--image-size', imageSize, '--batch', batchSize];
  const results: PeerResult[] = [];
  for (const layout of [[], ['--channels-last']]) {
    const args = [SCRIPT, ...options.map(String), '--threads', String(threads), ...layout];
    const { stdout } = await promisify(execFile)(python, args).catch((error: unknown) => {
      throw new Error(`${python}: ${lastWords(error)}`);
    });
    const peer = layout.length === 0 ? 'pytorch' : 'pytorch channels_last';
    results.push({ peer, ...(JSON.parse(stdout) as Omit<PeerResult, 'peer'>) });
  }
  return results;
}

function lastWords(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  if (said !== '') return said.split('\n').at(-1) ?? said;
  return error instanceof Error ? error.message : String(error);
}
