/** Compiled programs by id and inputs: the same program is never compiled twice by one executor. */
import type { CompiledProgram } from '../executor.ts';
import type { Program } from '../program.ts';

export interface ProgramCache {
  get(program: Program, compile: () => Promise<CompiledProgram>): Promise<CompiledProgram>;
  dispose(): Promise<void>;
}

export function createProgramCache(): ProgramCache {
  const compiled = new Map<string, Promise<CompiledProgram>>();
  return {
    get(program, compile) {
      const specs = Object.entries(program.inputs).map(
        ([name, { dtype, shape }]) => `${name} ${dtype}[${shape.join()}]`,
      );
      const key = `${program.id} ${specs.join(' ')}`;
      const before = compiled.get(key);
      if (before !== undefined) return before;
      const made = compile();
      compiled.set(key, made);
      // A failure may be overcome, for instance with more memory: it is not kept.
      made.catch(() => compiled.delete(key));
      return made;
    },
    async dispose() {
      const all = [...compiled.values()];
      compiled.clear();
      for (const program of all) await (await program.catch(() => undefined))?.dispose();
    },
  };
}
