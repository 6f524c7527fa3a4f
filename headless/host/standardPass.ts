/** How fast an executor is here, and what it computes: a whole pass over a supernet that is the same on every machine. */
import type { Executor, PassResult } from '../../core/compute/executor.ts';
import type { HostTensors } from '../../core/compute/program.ts';
import { GRADIENT_PREFIX } from '../../core/models/programs.ts';
import { typicalMs } from '../../core/training/typicalMs.ts';
import { standardSearch } from './standardSupernet.ts';
import type { StandardSize } from './standardSupernet.ts';
import { compileWholePass } from './wholePass.ts';

export interface TimedPass extends PassResult {
  /** As `typicalMs` takes it. */
  readonly ms: number;
  /** Of the compiled graph, all on the executor's own device; absent where nothing is compiled. */
  readonly nodes?: number;
}

/** @param now milliseconds */
export async function standardPass(
  executor: Executor,
  size: StandardSize,
  now: () => number,
): Promise<TimedPass> {
  const pass = await compileWholePass(executor, `pass of ${size.cells} cells`, standardSearch(size));
  let outputs: HostTensors = {};
  const ms = await typicalMs({ now }, async () => (outputs = await pass.run()));
  const compiled = pass.info.nodes > 0 ? { nodes: pass.info.nodes } : {};
  return { ms, ...compiled, ...resultOf(outputs) };
}

function resultOf(outputs: HostTensors): PassResult {
  let squares = 0;
  for (const [name, { data }] of Object.entries(outputs))
    if (name.startsWith(GRADIENT_PREFIX)) for (const value of data) squares += value * value;
  const result = { loss: outputs.loss.data[0], gradientNorm: Math.sqrt(squares) };
  if (Number.isFinite(result.loss + result.gradientNorm)) return result;
  throw new Error('the pass gave values that are not numbers');
}
