/** What is done with variants: kept at once, told, and taken back where it removes. */
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import { useToasts } from '../store/toasts.ts';
import { common } from '../texts/common.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { useKeptStudio } from './keptStudio.ts';
import type { Variant } from './model/kept.ts';
import { withVariant, withoutVariant } from './model/kept.ts';

const words = studioDialogs.variants;

export function addVariant(name: string, genotype: Genotype, basis: string): Variant {
  const variant = { id: crypto.randomUUID(), name: name.trim(), genotype, basis, createdAt: Date.now() };
  useKeptStudio.getState().change((kept) => withVariant(kept, variant));
  useToasts.getState().show({ tone: 'good', title: words.saved(variant.name) });
  return variant;
}

export function renameVariant(variant: Variant, name: string): void {
  useKeptStudio.getState().change((kept) => withVariant(kept, { ...variant, name: name.trim() }));
}

export function replaceVariant(variant: Variant, genotype: Genotype): void {
  const { change } = useKeptStudio.getState();
  change((kept) => withVariant(kept, { ...variant, genotype }));
  useToasts.getState().show({
    tone: 'good',
    title: words.updated(variant.name),
    action: { label: common.undo, act: () => change((kept) => withVariant(kept, variant)) },
  });
}

export function removeVariant(variant: Variant): void {
  const { change } = useKeptStudio.getState();
  change((kept) => withoutVariant(kept, variant.id));
  useToasts.getState().show({
    tone: 'info',
    title: words.removed(variant.name),
    action: { label: common.undo, act: () => change((kept) => withVariant(kept, variant)) },
  });
}

/** What is wrong with a name; undefined where nothing is. */
export function nameProblem(name: string, variants: readonly Variant[], own?: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return words.nameless;
  if (trimmed.length > 120) return words.tooLong;
  return variants.some((variant) => variant.name === trimmed && variant.id !== own) ? words.taken : undefined;
}
