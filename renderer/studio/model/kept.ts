/** What the studio asks the program to keep: variants by name, what is being edited, places of parts, a skeleton. */
import { z } from 'zod';
import { Genotype } from '../../../core/searchSpace/genotype.ts';
import type { History } from './history.ts';
import { MOST_STEPS } from './history.ts';

export const KEPT_FORMAT = 1;

export const Variant = z.object({
  id: z.string().min(1),
  name: z.string().min(1).max(120),
  genotype: Genotype,
  /** What it was made from, in words. */
  basis: z.string(),
  createdAt: z.number(),
});
export type Variant = z.infer<typeof Variant>;

/** Where an edit began; what it is compared with. */
export const Basis = z.object({ id: z.string(), title: z.string(), genotype: Genotype });
export type Basis = z.infer<typeof Basis>;

const StoredStep = z.object({ genotype: Genotype, label: z.string(), basis: z.int().min(0) });

/** A history as it is stored: each basis once. */
const Draft = z
  .object({
    bases: z.array(Basis).min(1),
    steps: z.array(StoredStep).min(1).max(MOST_STEPS),
    at: z.int().min(0),
    changedAt: z.number(),
  })
  .refine(({ bases, steps, at }) => at < steps.length && steps.every(({ basis }) => basis < bases.length));
export type Draft = z.infer<typeof Draft>;

const Place = z.object({ x: z.number(), y: z.number() });
/** By the drawing's parts; only those that a person moved. */
const Places = z.record(z.string(), Place);
export type Places = z.infer<typeof Places>;

export const KeptSkeleton = z.object({
  cells: z.int().min(1).max(50),
  channels: z.int().min(2).max(256).multipleOf(2),
  classes: z.int().min(2).max(10_000),
  imageSize: z.int().min(8).max(256),
  imageChannels: z.union([z.literal(1), z.literal(3)]),
});
export type KeptSkeleton = z.infer<typeof KeptSkeleton>;

/** Parts that another version wrote and this one cannot read are left out, one by one. */
const listOf = <T>(schema: z.ZodType<T>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all): T[] =>
      all.flatMap((one) => {
        const read = schema.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    );
const recordOf = <T>(schema: z.ZodType<T>) =>
  z
    .record(z.string(), z.unknown())
    .catch({})
    .transform((all): Record<string, T> => {
      const read = Object.entries(all).map(([key, one]) => [key, schema.safeParse(one)] as const);
      return Object.fromEntries(read.flatMap(([key, one]) => (one.success ? [[key, one.data]] : [])));
    });

export const Kept = z.object({
  format: z.literal(KEPT_FORMAT),
  variants: listOf(Variant).default([]),
  drafts: recordOf(Draft).default({}),
  layouts: recordOf(Places).default({}),
  skeleton: KeptSkeleton.optional().catch(undefined),
});
export type Kept = z.infer<typeof Kept>;

export const NOTHING_KEPT: Kept = { format: KEPT_FORMAT, variants: [], drafts: {}, layouts: {} };

export type KeptRead =
  | { readonly ok: true; readonly kept: Kept }
  /** Written by a newer program: it is not overwritten. */
  | { readonly ok: false; readonly format: number };

export function readKept(value: unknown): KeptRead {
  const head = z.looseObject({ format: z.int() }).safeParse(value);
  if (head.success && head.data.format > KEPT_FORMAT) return { ok: false, format: head.data.format };
  const read = Kept.safeParse(value);
  return { ok: true, kept: read.success ? read.data : NOTHING_KEPT };
}

export interface EditStep {
  readonly genotype: Genotype;
  readonly label: string;
  readonly basis: Basis;
}

export function toDraft({ steps, at }: History<EditStep>, changedAt: number): Draft {
  const bases = [...new Map(steps.map(({ basis }) => [basis.id, basis])).values()];
  return {
    bases,
    steps: steps.map(({ genotype, label, basis }) => ({
      genotype,
      label,
      basis: bases.findIndex(({ id }) => id === basis.id),
    })),
    at,
    changedAt,
  };
}

export function fromDraft({ bases, steps, at }: Draft): History<EditStep> {
  return { steps: steps.map((step) => ({ ...step, basis: bases[step.basis] })), at };
}

/** So many runs may have unsaved edits; the ones not touched for longest give way. */
export const MOST_DRAFTS = 40;
const MOST_LAYOUTS = 60;

/** @param draft undefined takes it away */
export function withDraft(kept: Kept, key: string, draft: Draft | undefined): Kept {
  const others = Object.entries(kept.drafts).filter(([other]) => other !== key);
  const all = draft === undefined ? others : [...others, [key, draft] as const];
  const newest = all.toSorted(([, a], [, b]) => b.changedAt - a.changedAt).slice(0, MOST_DRAFTS);
  return { ...kept, drafts: Object.fromEntries(newest) };
}

/** @param places undefined takes them away */
export function withLayout(kept: Kept, shape: string, places: Places | undefined): Kept {
  const others = Object.entries(kept.layouts).filter(([other]) => other !== shape);
  const all = places === undefined ? others : [...others, [shape, places] as const];
  return { ...kept, layouts: Object.fromEntries(all.slice(-MOST_LAYOUTS)) };
}

export function withVariant(kept: Kept, variant: Variant): Kept {
  const at = kept.variants.findIndex(({ id }) => id === variant.id);
  const variants = at < 0 ? [...kept.variants, variant] : kept.variants.with(at, variant);
  return { ...kept, variants };
}

export function withoutVariant(kept: Kept, id: string): Kept {
  return { ...kept, variants: kept.variants.filter((variant) => variant.id !== id) };
}

/** A name that no variant has: `name`, `name 2`, `name 3` … */
export function freeName(name: string, variants: readonly Variant[]): string {
  const taken = new Set(variants.map((variant) => variant.name));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} ${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
