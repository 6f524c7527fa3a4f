/** What is wrong with a configuration, collected field by field. Tensor-free. */
import { CellsmithError } from '../base/errors.ts';

export type FieldPath = readonly string[];

export interface Finding {
  readonly path: FieldPath;
  readonly message: string;
  readonly hint: string;
}

export interface Findings {
  readonly all: readonly Finding[];
  add(finding: Finding): void;
  /** Whether something is wrong with a field, in it, or around it. */
  touches(path: FieldPath): boolean;
  /**
   * Runs a check, unless one of the fields that it reads is wrong already: what it said would be about another value.
   * @param path of the field that is to blame where it throws
   * @returns whether it was run and found nothing
   */
  check(path: FieldPath, reads: readonly FieldPath[], act: () => unknown): boolean;
}

export function createFindings(): Findings {
  const all: Finding[] = [];
  const touches = (path: FieldPath): boolean =>
    all.some((finding) => path.every((name, i) => i >= finding.path.length || finding.path[i] === name));
  return {
    all,
    add: (finding) => void all.push(finding),
    touches,
    check(path, reads, act) {
      if ([path, ...reads].some(touches)) return false;
      try {
        act();
        return true;
      } catch (error) {
        if (!(error instanceof CellsmithError)) throw error;
        all.push({ path, message: error.message, hint: error.hint });
        return false;
      }
    },
  };
}
