/** Facts about this machine for `doctor`. */
import { arch, availableParallelism, cpus, freemem, release, totalmem, type } from 'node:os';
import type { ExecutorReport } from '../host/executors.ts';
import { DEFAULT_EXECUTOR, loadExecutors, probeAll } from '../host/executors.ts';
import { probeExecutor } from '../host/probe.ts';
import { STANDARD } from '../host/standardSupernet.ts';
import { APP_VERSION, VERSIONS } from '../host/version.ts';
import { createVerifyHost } from '../host/verifyHost.ts';

export interface Examination {
  readonly executors: readonly ExecutorReport[];
  readonly machine: {
    readonly system: string;
    readonly cpu: string;
    /** Threads this process may use. */
    readonly cores: number;
    readonly memoryBytes: number;
    readonly freeMemoryBytes: number;
  };
  readonly app: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Whether exports to PyTorch can be checked here. */
  readonly python: { readonly available: boolean };
}

/** @param onTry told before each executor is tried, with how many there are */
export async function examine(
  onTry: (id: string, index: number, count: number) => void = () => undefined,
): Promise<Examination> {
  const python = await createVerifyHost().findPython();
  const { all } = await loadExecutors();
  return {
    executors: await probeAll(all, (id) => {
      onTry(
        id,
        all.findIndex((one) => one.id === id),
        all.length,
      );
      return probeExecutor(id, { measured: true });
    }),
    machine: {
      system: `${type()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      freeMemoryBytes: freemem(),
    },
    app: APP_VERSION,
    versions: VERSIONS,
    python: { available: python !== undefined },
  };
}

export function examinationText({ executors, machine, app, versions, python }: Examination): string {
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  return [
    `Cellsmith ${app} on Node ${versions.node}, ${machine.system}`,
    `${machine.cpu}, ${machine.cores} cores, ${gib(machine.memoryBytes)} memory (${gib(machine.freeMemoryBytes)} free)`,
    '',
    ...executors.flatMap((executor) => {
      const line = `${executor.id.padEnd(13)} ${executor.title}: `;
      if (executor.available) {
        const { standardPassMs: ms } = executor;
        const pace = ms === undefined ? '' : `; ${ms.toFixed(ms < 10 ? 1 : 0)} ms a pass`;
        const chosen = executor.id === DEFAULT_EXECUTOR ? '; taken unless another is named' : '';
        return [`${line}works, on ${executor.device}${pace}${chosen}`];
      }
      return [
        `${line}not available: ${executor.reason}`,
        ...(executor.hint === undefined ? [] : [`  → ${executor.hint}`]),
      ];
    }),
    '',
    `A pass: forward and backward through a supernet of ${STANDARD.cells} cells, ${STANDARD.nodes} nodes, ${STANDARD.channels} channels, ${STANDARD.imageSize}×${STANDARD.imageSize} images, batch ${STANDARD.batchSize}.`,
    `Exports to PyTorch ${python.available ? 'can be' : 'cannot be'} checked: Python with torch ${python.available ? 'found' : 'not found'}.`,
  ].join('\n');
}
