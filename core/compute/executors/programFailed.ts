/** Why a program did not compile or run, as an error that people can act on. */
import { CellsmithError } from '../../base/errors.ts';
import { isOutOfMemory, OutOfMemory } from '../../base/outOfMemory.ts';

const STAGES = {
  compile: { failed: 'could not be compiled', while: 'was compiled' },
  run: { failed: 'failed while it ran', while: 'ran' },
} as const;

/** @param id of the program @param where it was to run, for people */
export function programFailed(
  id: string,
  stage: keyof typeof STAGES,
  where: string,
  error: unknown,
): CellsmithError {
  if (error instanceof CellsmithError) return error;
  const reason = reasonOf(error);
  if (isOutOfMemory(reason))
    return new OutOfMemory({ doing: `the program '${id}' ${STAGES[stage].while} on ${where}`, reason });
  return new CellsmithError(
    'executor-failed',
    `The program '${id}' ${STAGES[stage].failed} on ${where}: ${reason}`,
    'See whether it works on another executor: the page “This machine” tells which there are.',
  );
}

export function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.replace(CONDITION, '').replace(PLACE, '').trim();
}

/** ONNX Runtime begins with the place in its sources, and the condition that did not hold or the function's signature. */
const CONDITION = /^\/onnxruntime_src\/.* was false\. /s;
const PLACE = /^\/onnxruntime_src\/\S+:\d+ [^()]*\((?:[^()]|\([^()]*\))*\)(?: const)? /;
