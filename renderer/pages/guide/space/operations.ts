/** The candidates of a draft: read as they were chosen, one in or out. Pure. */
import type { PrimitiveId } from '../../../../core/searchSpace/genotype.ts';
import { DARTS_PRIMITIVES, PRIMITIVES } from '../../../../core/searchSpace/genotype.ts';

export function knownOperations(chosen: unknown): readonly PrimitiveId[] {
  if (chosen === undefined) return DARTS_PRIMITIVES;
  return Array.isArray(chosen) ? PRIMITIVES.filter((op) => chosen.includes(op)) : [];
}

/** In the order of the alphas, whatever order they are chosen in. */
export function withOperation(
  chosen: readonly PrimitiveId[],
  op: PrimitiveId,
  isOn: boolean,
): readonly PrimitiveId[] {
  return PRIMITIVES.filter((one) => (one === op ? isOn : chosen.includes(one)));
}
