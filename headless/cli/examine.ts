/** Facts about this machine for `doctor`. */
import { arch, availableParallelism, cpus, freemem, release, totalmem, type } from 'node:os';
import type { ExecutorReport } from '../host/executors.ts';
import { loadExecutors, probeAll } from '../host/executors.ts';
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

export async function examine(): Promise<Examination> {
  const python = await createVerifyHost().findPython();
  return {
    executors: await probeAll((await loadExecutors()).all),
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
      if (executor.available) return [`${line}works, on ${executor.device}`];
      return [
        `${line}not available: ${executor.reason}`,
        ...(executor.hint === undefined ? [] : [`  → ${executor.hint}`]),
      ];
    }),
    '',
    `Exports to PyTorch ${python.available ? 'can be' : 'cannot be'} checked: Python with torch ${python.available ? 'found' : 'not found'}.`,
  ].join('\n');
}
