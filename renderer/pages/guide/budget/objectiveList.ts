/** Switching objectives on and off without losing their settings or the order of the others. */
import type { Tree } from '../../../store/tree.ts';
import { isTree, valueAt, withValueAt } from '../../../store/tree.ts';

export interface ChosenObjective {
  readonly id: string;
  readonly config: Tree;
}

/** As the draft holds them; what is no objective is left out. */
export function readObjectives(value: unknown): readonly ChosenObjective[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const id = valueAt(one, ['id']);
    const config = valueAt(one, ['config']);
    return typeof id === 'string' ? [{ id, config: isTree(config) ? config : {} }] : [];
  });
}

/** @param settings what it was set to before it was switched off */
export function switchedOn(
  chosen: readonly ChosenObjective[],
  id: string,
  settings: Tree | undefined,
): readonly ChosenObjective[] {
  return chosen.some((one) => one.id === id) ? chosen : [...chosen, { id, config: settings ?? {} }];
}

export function switchedOff(chosen: readonly ChosenObjective[], id: string): readonly ChosenObjective[] {
  return chosen.filter((one) => one.id !== id);
}

/** @param value undefined leaves the setting out */
export function withSetting(
  chosen: readonly ChosenObjective[],
  id: string,
  name: string,
  value: unknown,
): readonly ChosenObjective[] {
  return chosen.map((one) => (one.id === id ? { id, config: withValueAt(one.config, [name], value) } : one));
}
