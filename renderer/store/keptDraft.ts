/** The draft as the program keeps it between starts. Versioned: an older window leaves a newer draft alone. */
import { z } from 'zod';
import { Phase } from '../../core/runs/events.ts';
import { GUIDE_STEPS } from '../shell/links.ts';
import type { Tree } from './tree.ts';
import { withValueAt } from './tree.ts';

export const DRAFT_VERSION = 1;

const KeptDraft = z.object({
  version: z.literal(DRAFT_VERSION),
  config: z.record(z.string(), z.unknown()),
  phases: z.array(Phase),
  presetId: z.string().optional(),
  /** A step that this version does not have is forgotten. */
  visited: z.array(z.enum(GUIDE_STEPS).or(z.string().transform(() => undefined))).default([]),
  step: z.enum(GUIDE_STEPS).optional().catch(undefined),
  started: z.string().optional(),
  aside: z.record(z.string(), z.record(z.string(), z.unknown())).optional().catch(undefined),
});

export interface DraftContent {
  readonly config: Tree;
  readonly phases: readonly Phase[];
  /** What it began from. */
  readonly presetId?: string;
}

export interface DraftState extends DraftContent {
  readonly visited: readonly (typeof GUIDE_STEPS)[number][];
  /** Where the person was last. */
  readonly step?: (typeof GUIDE_STEPS)[number];
  /** The run that was started from it as it stands. */
  readonly started?: string;
  /** Settings of what was switched off or left for another entry, by `place/id`: it gets them back. */
  readonly aside?: Readonly<Record<string, Tree>>;
}

/** @returns undefined where nothing was kept, or what this version cannot read */
export function readDraft(value: unknown): DraftState | undefined {
  const parsed = KeptDraft.safeParse(value);
  if (!parsed.success) return undefined;
  const { config, phases, presetId, visited, step, started, aside } = parsed.data;
  return {
    config,
    phases,
    visited: visited.filter((one) => one !== undefined),
    ...(presetId === undefined ? {} : { presetId }),
    ...(step === undefined ? {} : { step }),
    ...(started === undefined ? {} : { started }),
    ...(aside === undefined ? {} : { aside }),
  };
}

export function keepDraft(draft: DraftState): unknown {
  const { config, phases, presetId, visited, step, started, aside } = draft;
  return { version: DRAFT_VERSION, config, phases, presetId, visited, step, started, aside };
}

/** What was laid aside in one place, by id. */
export function asideOf({ aside = {} }: Pick<DraftState, 'aside'>, place: string): ReadonlyMap<string, Tree> {
  const own = Object.entries(aside).filter(([key]) => key.startsWith(`${place}/`));
  return new Map(own.map(([key, settings]) => [key.slice(place.length + 1), settings]));
}

/** @param settings undefined where nothing is to be remembered any more */
export function withAside(
  { aside = {} }: Pick<DraftState, 'aside'>,
  place: string,
  id: string,
  settings: Tree | undefined,
): Readonly<Record<string, Tree>> {
  return withValueAt(aside, [`${place}/${id}`], settings) as Readonly<Record<string, Tree>>;
}

/** What a preset of the catalogue puts into a draft. */
export function contentOf(preset: {
  readonly id: string;
  readonly config: Tree;
  readonly phases: readonly string[];
  readonly dataset?: string | undefined;
}): DraftContent {
  const { id, config, phases, dataset } = preset;
  const about = dataset === undefined ? config : withValueAt(config, ['data', 'source'], dataset);
  return { config: about, phases: phases as readonly Phase[], presetId: id };
}
