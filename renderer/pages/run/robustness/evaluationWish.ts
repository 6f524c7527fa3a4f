/** An evaluation that is being put together: which attacks it makes. */
import { z } from 'zod';
import { mistakeSentence, mistakeText } from '../../../../core/base/mistakes.ts';
import { AttackConfig } from '../../../../core/runs/runConfig.ts';
import { robustness as texts } from '../../../texts/robustness.ts';

export interface EvaluationWish {
  readonly attack: 'fgsm' | 'pgd';
  readonly norm: 'linf' | 'l2';
  /** As typed: radii parted by commas; in L∞ in steps of 1/255. */
  readonly radii: string;
  readonly steps: number | undefined;
  readonly restarts: number | undefined;
  /** Test images attacked; all where left out. */
  readonly limit: number | undefined;
}

export const RADII = { linf: '8', l2: '0.5' } as const;
export const CURVE = { linf: '1, 2, 4, 8, 12, 16', l2: '0.1, 0.25, 0.5, 1, 2' } as const;

export const FIRST_WISH: EvaluationWish = {
  attack: 'pgd',
  norm: 'linf',
  radii: RADII.linf,
  steps: 20,
  restarts: 1,
  limit: undefined,
};

/** JSON has no NaN: what was typed and is no number is still told. */
const Typed = z.number().nullable().optional();
const typed = (value: z.infer<typeof Typed>): number | undefined => (value === null ? Number.NaN : value);

const KeptWish = z.object({
  attack: z.enum(['fgsm', 'pgd']),
  norm: z.enum(['linf', 'l2']),
  radii: z.string(),
  steps: Typed,
  restarts: Typed,
  limit: Typed,
});

/** One that was kept while the window was reloaded. */
export function readEvaluationWish(kept: unknown): EvaluationWish | undefined {
  const { data } = KeptWish.safeParse(kept);
  if (data === undefined) return undefined;
  return { ...data, steps: typed(data.steps), restarts: typed(data.restarts), limit: typed(data.limit) };
}

/** Radii in [0, 1] or as lengths; undefined where one is no number above 0. */
export function readRadii({
  radii,
  norm,
}: Pick<EvaluationWish, 'radii' | 'norm'>): readonly number[] | undefined {
  const values = radii
    .split(/[,;]/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => Number(text.replace(/\/255$/, '')));
  if (values.length === 0 || values.some((value) => !Number.isFinite(value) || value <= 0)) return undefined;
  const unique = [...new Set(values)].sort((a, b) => a - b);
  return norm === 'linf' ? unique.map((value) => value / 255) : unique;
}

/** One attack a radius, as the experiment file writes them. */
export function attacksOfWish(wish: EvaluationWish): readonly Partial<AttackConfig>[] | undefined {
  const { attack, norm, steps, restarts, limit } = wish;
  return readRadii(wish)?.map((epsilon) => ({
    attack,
    norm,
    epsilon,
    ...(attack === 'fgsm' ? { steps: 1, randomStart: false } : { steps, restarts, randomStart: true }),
    ...(limit === undefined ? {} : { limit }),
  }));
}

export type WishField = 'radii' | 'steps' | 'restarts' | 'limit';

/** What is wrong with the fields, in sentences. */
export function mistakesOf(wish: EvaluationWish): Readonly<Partial<Record<WishField, string>>> {
  const attacks = attacksOfWish(wish);
  if (attacks === undefined) return { radii: texts.badRadii };
  const found: Partial<Record<WishField, string>> = {};
  // Here radii are typed in steps of 1/255, which the schema does not know.
  if (wish.norm === 'linf' && attacks.some(({ epsilon = 0 }) => epsilon > 1)) found.radii = texts.largeRadii;
  for (const attack of attacks)
    for (const { path, message } of AttackConfig.safeParse(attack, { error: mistakeText }).error?.issues ??
      []) {
      const field = FIELDS[String(path.at(0))];
      if (field !== undefined) found[field] ??= mistakeSentence(message);
    }
  return found;
}

const FIELDS: Readonly<Partial<Record<string, WishField>>> = {
  epsilon: 'radii',
  steps: 'steps',
  restarts: 'restarts',
  limit: 'limit',
};

/** FGSM, PGD-20 and PGD-50 at ε = 8/255 in L∞: what papers of the field quote. */
export function standardProtocol(limit: number | undefined): readonly Partial<AttackConfig>[] {
  const common = { norm: 'linf', epsilon: 8 / 255, ...(limit === undefined ? {} : { limit }) } as const;
  return [
    { ...common, attack: 'fgsm', steps: 1, randomStart: false },
    { ...common, attack: 'pgd', steps: 20, restarts: 1, randomStart: true },
    { ...common, attack: 'pgd', steps: 50, restarts: 1, randomStart: true },
  ];
}
