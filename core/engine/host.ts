/** What the engine asks of the program that hosts it (terminal, desktop, tests). */
import type { MemoryNow } from '../base/outOfMemory.ts';
import type { Executor } from '../compute/executor.ts';
import type { DatasetHost } from '../datasets/source.ts';
import type { VerifyHost } from '../exporters/verify/host.ts';
import type { RunEvent } from '../runs/events.ts';
import type { Clock } from '../base/clock.ts';
import type { RunFiles } from '../runs/files.ts';
import type { Wish } from '../runs/runner.ts';

export interface EngineHost {
  readonly app: string;
  /** Versions of what computes, by package name, for the record. */
  readonly versions: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly files: RunFiles;
  readonly datasets: DatasetHost;
  readonly verify: VerifyHost;
  /** Opens an executor by id. @throws CellsmithError `executor-unavailable` with the reason */
  openExecutor(
    id: string,
    options: { threads: number; onCompile(program: string, phase: string): void },
  ): Promise<{ executor: Executor; device: string }>;
  /** Resident memory of the process that computes; recorded with each step where a host can tell it. */
  readonly memoryBytes?: () => number;
  /** Asked when memory ran out. @param executor that computed */
  readonly memoryNow?: (executor: string) => Promise<MemoryNow>;
  /** Asked between two steps. */
  readonly wish: () => Wish;
  readonly onEvent?: (event: RunEvent) => void;
  /**
   * Work without events of its own: reading data, attacking images. `done` of `total`, in units named by `what`.
   * `share` of its phase, 0 … 1, where the phase counts through
   */
  readonly onProgress?: (what: string, done: number, total: number, share?: number) => void;
}
