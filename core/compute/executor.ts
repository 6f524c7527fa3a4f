/** Executors run programs. All of them compute the same thing; a numeric suite holds them to it. */
import type { HostTensors, Program } from './program.ts';

/** What compiling cost and made, for reports. Eager executors have zero nodes and zero compile time. */
export interface CompileInfo {
  readonly nodes: number;
  readonly compileMs: number;
}

export interface CompiledProgram {
  readonly info: CompileInfo;
  /** Runs once. Feeds are checked against the program's inputs (names, shapes, dtypes). Results belong to the caller. */
  run(feeds: HostTensors): Promise<HostTensors>;
  dispose(): Promise<void>;
}

export interface Executor {
  /** As in the list of `executors/index.ts`. */
  readonly id: string;
  readonly title: string;
  /** Compiles for the program's input specs; cached by `program.id` and specs for the executor's life. */
  compile(program: Program): Promise<CompiledProgram>;
  dispose(): Promise<void>;
}

/** What was compared with a reference, and how far off the worst of it was. */
export interface SelfTest {
  readonly values: number;
  readonly worst: number;
}

/** Of one pass: figures that every value computed goes into. */
export interface PassResult {
  readonly loss: number;
  /** L2, over the gradients of all weights, alphas and images. */
  readonly gradientNorm: number;
}

export interface ThreadPass {
  readonly threads: number;
  readonly ms: number;
}

export type Availability =
  | {
      readonly available: true;
      readonly device: string;
      /** Whether that is a graphics card, with memory of its own or shared; absent in answers of earlier versions. */
      readonly onCard?: boolean;
      readonly selfTest?: SelfTest;
      /** Milliseconds of a pass over a small supernet, where that was asked for and done in time. */
      readonly standardPassMs?: number;
      /** Of that pass's graph: all ran on the device, or it would not have been compiled. Absent where nothing is compiled. */
      readonly nodes?: number;
      /** A second-order step of E2RNAS over the small one, for those that are not slow. */
      readonly standardStepMs?: number;
      /** A pass over a larger one, likewise. */
      readonly largePassMs?: number;
      /** What the larger one computed, to be held against other executors'. */
      readonly largePassResult?: PassResult;
      /** The larger pass with fewer threads than there are processors, where the executor takes a number. */
      readonly threadPasses?: readonly ThreadPass[];
      /** Nothing more is measured: the last answer of one that is. */
      readonly isMeasured?: true;
    }
  | { readonly available: false; readonly reason: string; readonly hint?: string };

/** A registry entry. `probe` must be safe to call in a throw-away child process; `open` follows a good probe. */
export interface ExecutorEntry {
  readonly id: string;
  readonly title: string;
  /** A sentence or two for people: what it is for. */
  readonly description?: string;
  probe(): Promise<Availability>;
  /** With how many threads it computes where so many are wished, 0 = left to it; absent where it takes no number. */
  threads?(wished: number): number;
  open(options: ExecutorOptions): Promise<Executor>;
}

export interface ExecutorOptions {
  /** Threads for CPU kernels; 0 = as many as this process may use processors. */
  readonly threads: number;
  /** Called while compiling: program id, what is going on ('tracing', 'optimising'), and once with 'done'. */
  readonly onCompile?: (program: string, phase: string) => void;
}
