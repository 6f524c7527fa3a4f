/** What a runtime computes with nodes of its own, and what of the standard it lacks. */

export type OptionalOp = 'Sum' | 'Sign' | 'OneHot';

export interface Dialect {
  /** Whether it has nodes that only ONNX Runtime knows: fewer of them, but a model that no other runtime can read. */
  readonly microsoft: boolean;
  /** Whether a max pool can say where its maxima stood. */
  readonly poolIndices: boolean;
  /** What is written with other operations instead. */
  readonly lacks: ReadonlySet<OptionalOp>;
}

export const STANDARD: Dialect = { microsoft: false, poolIndices: true, lacks: new Set() };
